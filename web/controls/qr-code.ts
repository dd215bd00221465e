/** A link as a QR code: black on white in every theme, because cameras expect that. */
import { encode } from 'uqr';

/** Least pixels of a module, and modules of white around the code. */
const MODULE_PX = 3;
const QUIET_MODULES = 4;
/** Width to aim at, in CSS pixels. */
const WIDTH_PX = 148;

/** A canvas with the code of `text`; null when the text is too long for one. */
export function drawQrCode(text: string, document: Document): HTMLCanvasElement | null {
  const code = encodeText(text);
  if (code === null) return null;
  const modules = code.size + 2 * QUIET_MODULES;
  const canvas = document.createElement('canvas');
  const scale = Math.max(MODULE_PX, Math.floor(WIDTH_PX / modules)) * Math.ceil(devicePixelRatio);
  canvas.width = modules * scale;
  canvas.height = modules * scale;
  const size = `${canvas.width / Math.ceil(devicePixelRatio)}px`;
  canvas.style.width = size;
  canvas.style.height = size;
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', 'QR code of the link');
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#14171c';
  code.data.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (dark) context.fillRect((x + QUIET_MODULES) * scale, (y + QUIET_MODULES) * scale, scale, scale);
    });
  });
  return canvas;
}

function encodeText(text: string): ReturnType<typeof encode> | null {
  try {
    return encode(text, { border: 0, ecc: 'L' });
  } catch {
    // Longer than the largest code holds: the link can still be copied.
    return null;
  }
}
