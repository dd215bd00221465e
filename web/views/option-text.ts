/** A panel's own setting as one short text, such as `by=file;line=12`. */

/** The settings in a text. What makes no sense is left out; whoever asks for a setting has a default. */
export function parseOption(text: string): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  for (const part of text.split(';')) {
    const at = part.indexOf('=');
    if (at > 0) settings.set(part.slice(0, at), part.slice(at + 1).replace(/%(25|3B)/g, decodeURIComponent));
  }
  return settings;
}

/** The text of settings; those with an empty value are left out. */
export function printOption(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${value.replace(/[%;]/g, encodeURIComponent)}`)
    .join(';');
}
