/**
 * What somebody without a valid token sees in place of the page: what is missing and where the right link is.
 *
 * It must not say what is served, needs no script, and cannot use the page's assets, which are behind the same door.
 * Its style sheet is the only file that is open to everybody; it is a constant.
 */
import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import { getFaultStatus } from '../errors.ts';

const STYLE_PATH = '/no-way-in.css';

const HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>No way in – tsviz</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${STYLE_PATH}">
</head>
<body>
<header>
<svg viewBox="0 0 16 16" width="18" height="18" aria-hidden="true">
<rect x="1" y="1.5" width="14" height="3.6" rx=".8"/><rect x="1" y="6.5" width="9" height="3.6" rx=".8"/>
<rect class="accent" x="11" y="6.5" width="4" height="3.6" rx=".8"/><rect x="1" y="11.5" width="5" height="3.6" rx=".8"/>
</svg>
<span>tsviz</span>
</header>
<main>
<h1>This address needs the whole link</h1>
<p class="lead">The whole link carries a token, <code>t=…</code>. This one has none, or one that no longer holds: every start of tsviz makes a new one.</p>
<p>The right link is in the terminal of whoever started tsviz. Open it from there, or ask them to send it again.</p>
</main>
</body>
</html>
`;

/** Type, spacing and colours are those of the page; a test holds the values against its tokens. */
export const NO_WAY_IN_CSS = `:root {
  color-scheme: light dark;
  --surface: #ffffff; --surface-chrome: #fafbfc; --surface-sunken: #f3f4f6; --line: #e3e6ea;
  --ink-1: #14171c; --ink-2: #4c545f; --accent: #2f5bd0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --surface: #131519; --surface-chrome: #181b20; --surface-sunken: #0e1013; --line: #282d34;
    --ink-1: #e9ebee; --ink-2: #aeb5bf; --accent: #86a8fb;
  }
}
body {
  margin: 0; background: var(--surface); color: var(--ink-2);
  font: 13px/20px -apple-system, BlinkMacSystemFont, "Segoe UI Variable Text", "Segoe UI", Roboto, "Noto Sans", Ubuntu, Cantarell,
    "Liberation Sans", "Helvetica Neue", Arial, sans-serif;
}
header {
  display: flex; align-items: center; gap: 8px; height: 47px; padding: 0 16px; border-bottom: 1px solid var(--line);
  background: var(--surface-chrome); color: var(--ink-1); font-weight: 600; fill: var(--ink-1);
}
.accent { fill: var(--accent); }
main { max-width: 720px; margin: 0 auto; padding: 88px 24px 24px; }
h1 { margin: 0; color: var(--ink-1); font-size: 20px; line-height: 28px; font-weight: 600; letter-spacing: -.01em; }
p { margin: 16px 0 0; max-width: 68ch; }
.lead { margin-top: 8px; color: var(--ink-1); font-size: 15px; line-height: 24px; }
code {
  padding: 1px 4px; border: 1px solid var(--line); border-radius: 3px; background: var(--surface-sunken);
  font: 12px/16px ui-monospace, "SF Mono", Menlo, "Cascadia Mono", Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace;
}
`;

/** The style sheet's route; the page itself is sent by the gate. */
export const noWayInRoutes: FastifyPluginAsync = async (app) => {
  app.get(STYLE_PATH, { config: { open: true } }, (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(NO_WAY_IN_CSS),
  );
};

/** Answers a visit to the page that has no token. */
export function sendNoWayIn(reply: FastifyReply): void {
  reply.code(getFaultStatus('no-token')).type('text/html; charset=utf-8').send(HTML);
}
