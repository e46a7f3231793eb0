/**
 * Options for a press that leaves the page; Playwright would wait for the next page, which may
 * hang.
 */
export const NO_WAIT = { noWaitAfter: true }
