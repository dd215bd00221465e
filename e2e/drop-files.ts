/** Giving files to the page as a person does: dropping them on the window, pasting them, choosing them. */
import type { JSHandle, Page } from '@playwright/test';

/** A file to give. */
export interface GivenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

async function makeTransfer(page: Page, files: readonly GivenFile[]): Promise<JSHandle<DataTransfer>> {
  const encoded = files.map(({ name, bytes }) => ({ name, text: Buffer.from(bytes).toString('base64') }));
  return page.evaluateHandle((given) => {
    const transfer = new DataTransfer();
    for (const { name, text } of given) {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([bytes], name));
    }
    return transfer;
  }, encoded);
}

/** Drags files over the window; nothing is dropped yet. */
export async function dragFiles(page: Page, files: readonly GivenFile[]): Promise<JSHandle<DataTransfer>> {
  const dataTransfer = await makeTransfer(page, files);
  await page.dispatchEvent('body', 'dragenter', { dataTransfer });
  await page.dispatchEvent('body', 'dragover', { dataTransfer });
  return dataTransfer;
}

/** Drops files on the window. */
export async function dropFiles(page: Page, files: readonly GivenFile[]): Promise<void> {
  const dataTransfer = await dragFiles(page, files);
  await page.dispatchEvent('body', 'drop', { dataTransfer });
}

/** Pastes files. */
export async function pasteFiles(page: Page, files: readonly GivenFile[]): Promise<void> {
  const transfer = await makeTransfer(page, files);
  await page.evaluate((clipboardData) => {
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, transfer);
}
