// Turns off the microphone and the camera as soon as a person leaves the page.

export function endTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}

/** Calls `off` when the person leaves the page. @returns a function that stops watching */
export function stopOnLeave(off: () => void): () => void {
  // The quick exit empties the page first. On a frozen connection, the empty page may remain
  // visible for a long time.
  const exit = new MutationObserver(off)
  exit.observe(document.documentElement, { childList: true })
  addEventListener('pagehide', off)
  return () => {
    exit.disconnect()
    removeEventListener('pagehide', off)
  }
}
