// Microphone and camera: off at once whatever happens to the page.

export function endTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}

/** Calls `off` when the page is left. Returns what ends the watch. */
export function onLeaving(off: () => void): () => void {
  // The quick exit empties the page before it leaves, and with a dead connection it may stand there for long.
  const exit = new MutationObserver(off)
  exit.observe(document.documentElement, { childList: true })
  addEventListener('pagehide', off)
  return () => {
    exit.disconnect()
    removeEventListener('pagehide', off)
  }
}
