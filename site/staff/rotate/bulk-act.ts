// Declares a step of leaving that works through many cases and can be cut and resumed.
export interface BulkAct {
  name: 'take_in' | 'rewrap'
  /** Counts what is left to do, by a request to the edge. */
  remaining: () => Promise<number>
  /**
   * Does everything that is left. A second run does what a cut or a failure left.
   *
   * @param onProgress  gets the number of items that are behind this run
   * @throws Refusal of the network or the edge
   */
  run: (onProgress: (done: number) => void) => Promise<void>
}
