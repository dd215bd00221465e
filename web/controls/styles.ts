/**
 * Styles that depend on numbers, set through the CSS object model: the page's security policy forbids style attributes,
 * and lit-html's own `styleMap` writes one when it first renders.
 */
import { type ElementPart, nothing } from 'lit-html';
import { Directive, directive } from 'lit-html/directive.js';

class SetStyles extends Directive {
  render(_styles: Readonly<Record<string, string>>): typeof nothing {
    return nothing;
  }

  override update(part: ElementPart, [styles]: [Readonly<Record<string, string>>]): typeof nothing {
    const { style } = part.element as HTMLElement;
    for (const [name, value] of Object.entries(styles)) style.setProperty(name, value);
    return nothing;
  }
}

/** Sets CSS properties of the element it stands in: `<i ${setStyles({ width: '40%' })}></i>`. */
export const setStyles = directive(SetStyles);
