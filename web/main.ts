/** The page starts here. The only file with effects on import. */
import './style/tokens.css';
import './style/base.css';
import './style/frame.css';
import { beginPage } from './app/begin.ts';
import { listMissing } from './app/browser-check.ts';

const root = document.getElementById('app')!;
const missing = listMissing();
if (missing.length === 0) {
  void beginPage(root).then(async (beginning) => {
    const { startPage } = await beginning.parts.page;
    const app = startPage(root, beginning);
    if (import.meta.env.DEV) {
      void import('./app/dev-hook.ts').then(({ exposeForDevelopers }) => exposeForDevelopers(app));
    }
  });
} else {
  const message = document.createElement('p');
  message.className = 'plain-message';
  message.textContent = `This browser is too old for tsviz: it lacks ${missing.join(', ')}. The last two versions of Chrome, Edge, Firefox and Safari work.`;
  root.append(message);
}
