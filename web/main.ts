/** The page starts here. The only file with effects on import. */
import { listMissing } from './app/browser-check.ts';
import { startPage } from './app/page.ts';

const root = document.getElementById('app')!;
const missing = listMissing();
if (missing.length === 0) {
  const app = startPage(root);
  if (import.meta.env.DEV) {
    void import('./app/dev-hook.ts').then(({ exposeForDevelopers }) => exposeForDevelopers(app));
  }
} else {
  const message = document.createElement('p');
  message.className = 'plain-message';
  message.textContent = `This browser is too old for tsviz: it lacks ${missing.join(', ')}. The last two versions of Chrome, Edge, Firefox and Safari work.`;
  root.append(message);
}
