/**
 * Small panels under a button: menus and lists. They are native popovers, so that the browser closes them at a click
 * elsewhere and at Escape, gives focus back and keeps them above everything.
 */
import { html, nothing, type TemplateResult } from 'lit-html';
import { icon } from './icons.ts';

/** A line of a menu. */
export interface MenuItem {
  readonly label: string | TemplateResult;
  /** Said at the right, such as a share or a key. */
  readonly detail?: string | TemplateResult;
  /** Given: one of several that can be chosen. */
  readonly checked?: boolean;
  /** Heading or line before it. */
  readonly before?: string | 'line';
  readonly run: () => void;
}

/** A panel and the button that opens it. */
export interface PopoverOptions {
  /** Of the panel; unique in the page. */
  readonly id: string;
  /** Name for those who can't see the button. */
  readonly name?: string;
  readonly title?: string;
  readonly className: string;
  readonly button: unknown;
  /** Left edges agree, or right ones. */
  readonly align?: 'left' | 'right';
}

/** A button with a menu. */
export function menu(options: PopoverOptions, items: readonly MenuItem[]): TemplateResult {
  return popover(options, 'menu', items.map(menuItem));
}

/** A button with a panel of anything else. */
export function panel(options: PopoverOptions, content: unknown): TemplateResult {
  return popover(options, 'dialog', content);
}

/** True while a menu or panel is open: Escape belongs to it then. */
export function isPopoverOpen(): boolean {
  return document.querySelector(':popover-open') !== null;
}

/** Closes the panel that an element is in. */
export function closePopover(inside: EventTarget | null): void {
  const panelElement = inside instanceof Element ? inside.closest<HTMLElement>('[popover]') : null;
  panelElement?.hidePopover();
}

function popover(options: PopoverOptions, role: 'menu' | 'dialog', content: unknown): TemplateResult {
  const { id, name, title, className, button, align = 'left' } = options;
  return html`<button type="button" class=${className} popovertarget=${id} aria-haspopup=${role} aria-label=${name ?? nothing} title=${title ?? nothing}>${button}</button
    ><div id=${id} popover role=${role} aria-label=${name ?? title ?? nothing} class="pop" data-align=${align} @beforetoggle=${place} @toggle=${focusFirst} @keydown=${walk}>${content}</div>`;
}

function menuItem(item: MenuItem): TemplateResult {
  const choose = (event: Event) => {
    closePopover(event.currentTarget);
    item.run();
  };
  const chosen = item.checked === undefined ? nothing : String(item.checked);
  const before = item.before;
  return html`${before === undefined ? nothing : before === 'line' ? html`<hr>` : html`<div class="title" role="presentation">${before}</div>`}<button
    type="button" class="item" tabindex="-1" role=${item.checked === undefined ? 'menuitem' : 'menuitemradio'} aria-checked=${chosen} @click=${choose}
    ><span class="tick">${item.checked ? icon('check', 14) : nothing}</span><span class="cut">${item.label}</span>${
      item.detail === undefined ? nothing : html`<span class="detail">${item.detail}</span>`
    }</button>`;
}

const GAP_PX = 4;
const MARGIN_PX = 8;

/** Under its button; aligned right, or where there is more room on the left, by right edges. */
function place(event: ToggleEvent): void {
  if (event.newState !== 'open') return;
  const panelElement = event.currentTarget as HTMLElement;
  const button = findButton(panelElement);
  if (button === null) return;
  const box = button.getBoundingClientRect();
  const right = box.left > innerWidth * (panelElement.dataset.align === 'right' ? 0.4 : 0.66);
  panelElement.style.top = `${box.bottom + GAP_PX}px`;
  panelElement.style.left = right ? 'auto' : `${Math.max(MARGIN_PX, box.left)}px`;
  // As wide as there is room: a long name is cut, not pushed out of the window.
  panelElement.style.maxWidth = right ? '' : `min(420px, ${innerWidth - Math.max(MARGIN_PX, box.left) - MARGIN_PX}px)`;
  panelElement.style.right = right ? `${Math.max(MARGIN_PX, innerWidth - box.right)}px` : 'auto';
}

/** A panel may have several buttons: the one that was pressed has the focus, except in Safari. */
function findButton(panelElement: HTMLElement): Element | null {
  const selector = `[popovertarget="${panelElement.id}"]`;
  if (document.activeElement?.matches(selector)) return document.activeElement;
  return [...document.querySelectorAll(selector)].at(-1) ?? null;
}

function focusFirst(event: ToggleEvent): void {
  if (event.newState !== 'open') return;
  const panelElement = event.currentTarget as HTMLElement;
  const item =
    panelElement.querySelector<HTMLElement>('[aria-checked="true"], [aria-current="true"]') ??
    getItems(panelElement)[0];
  item?.focus();
  item?.scrollIntoView({ block: 'nearest' });
}

function walk(event: KeyboardEvent): void {
  const panelElement = event.currentTarget as HTMLElement;
  const items = getItems(panelElement);
  const at = items.indexOf(document.activeElement as HTMLElement);
  const next =
    event.key === 'ArrowDown'
      ? at + 1
      : event.key === 'ArrowUp'
        ? at - 1 + (at < 1 ? items.length : 0)
        : event.key === 'Home'
          ? 0
          : event.key === 'End'
            ? items.length - 1
            : null;
  if (next === null || items.length === 0) return;
  event.preventDefault();
  event.stopPropagation();
  items[next % items.length]!.focus();
}

function getItems(panelElement: HTMLElement): HTMLElement[] {
  return [...panelElement.querySelectorAll<HTMLElement>('.item')];
}
