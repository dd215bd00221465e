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
<link rel="stylesheet" href="${STYLE_PATH}">
</head>
<body>
<main>
<p class="mark">tsviz</p>
<h1>This address needs its link</h1>
<p>The link ends in a token, <code>?t=…</code>. Yours has none, or one that no longer holds: every start of tsviz makes a new one, and some open the page only once.</p>
<p>The right link is in the terminal of whoever started tsviz. Open it from there, or ask them to send it again.</p>
</main>
</body>
</html>
`;

/** Type, spacing and colours are those of the page; a test holds the values against its tokens. */
export const NO_WAY_IN_CSS = `:root {
  color-scheme: light dark;
  --surface: #ffffff; --surface-sunken: #f3f4f6; --line: #e3e6ea; --ink-1: #14171c; --ink-2: #4c545f; --ink-3: #656d79;
}
@media (prefers-color-scheme: dark) {
  :root { --surface: #131519; --surface-sunken: #0e1013; --line: #282d34; --ink-1: #e9ebee; --ink-2: #aeb5bf; --ink-3: #8c949f; }
}
body {
  margin: 0; background: var(--surface); color: var(--ink-2);
  font: 13px/20px -apple-system, BlinkMacSystemFont, "Segoe UI Variable Text", "Segoe UI", Roboto, "Noto Sans", Ubuntu, Cantarell,
    "Liberation Sans", "Helvetica Neue", Arial, sans-serif;
}
main { max-width: 720px; margin: 0 auto; padding: 64px 24px; }
.mark { margin: 0 0 24px; color: var(--ink-3); font-weight: 600; }
h1 { margin: 0 0 12px; color: var(--ink-1); font-size: 20px; line-height: 28px; font-weight: 600; }
p { margin: 0 0 12px; }
code {
  padding: 1px 4px; border: 1px solid var(--line); border-radius: 3px; background: var(--surface-sunken); color: var(--ink-1);
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
