// Asks before the person loses words, answers or a return number.

/**
 * Asks before Back, Reload or a link loses words, while `wouldLose` returns true.
 * The page and its tools share one handler. The quick exit removes the handler.
 */
export function guardUnload(wouldLose: () => unknown): void {
  onbeforeunload = () => {
    // A tap on a phone number does not close the page, but browsers would ask all the same. After
    // the call, the Back button asks again.
    const call = document.querySelector<HTMLElement>('[href^=tel]:focus')
    if (call) call.blur()
    return wouldLose() && !call ? true : undefined
  }
}

export const liftGuard = (): void => {
  onbeforeunload = null
}
