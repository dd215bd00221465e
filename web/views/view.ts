/** What every view gives back when it is mounted: props go in here, callbacks in the props come out. */
export interface View<P> {
  /** Shows other props. Cheap when little has changed. */
  update(props: P): void;
  /** Removes what the view put into its host, and all its listeners. */
  destroy(): void;
}
