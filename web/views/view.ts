/** What every view is: props in, callbacks out, nothing kept but what dies with the mouse. */

/** A mounted view. `update` is cheap when nothing that it draws has changed; after `destroy` nothing of it is left. */
export interface View<P> {
  update(props: P): void;
  destroy(): void;
}
