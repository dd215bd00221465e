/**
 * Sets CSS properties of an element in a template, through the element's own style object.
 *
 * The page's security policy refuses `style` attributes, which is how lit-html's own `styleMap` begins; numbers that
 * become widths and places go this way instead.
 */
import { nothing } from 'lit-html';
import { Directive, directive, type ElementPart, type PartInfo, PartType } from 'lit-html/directive.js';

class StyledDirective extends Directive {
  #last: Readonly<Record<string, string>> = {};

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('styled() stands inside a tag, not in an attribute');
  }

  override render(_properties: Readonly<Record<string, string>>): typeof nothing {
    return nothing;
  }

  override update(part: ElementPart, [properties]: [Readonly<Record<string, string>>]): typeof nothing {
    const { style } = part.element as HTMLElement;
    for (const [name, value] of Object.entries(properties)) {
      if (this.#last[name] !== value) style.setProperty(name, value);
    }
    this.#last = properties;
    return nothing;
  }
}

/** `<i ${styled({ width: '40%' })}></i>`: sets these properties whenever they change. Names must stay the same. */
export const styled = directive(StyledDirective);
