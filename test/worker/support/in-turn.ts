// Runs the calls of several callers one after another, in an order that a seed determines.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Disturb } from './disturbed.ts'

/** Runs calls one after another. `roll` chooses the next of the waiting calls. */
export function inTurnBy(roll: () => number): Disturb {
  const waiting: (() => Promise<unknown>)[] = []
  let isRunning = false
  const runWaiting = async (): Promise<void> => {
    isRunning = true
    while (waiting.length > 0) {
      // The pause lets the code that received the last result add its next call first.
      await nextTurn()
      await waiting.splice(Math.floor(roll() * waiting.length), 1)[0]?.()
    }
    isRunning = false
  }
  return (call) =>
    new Promise((done, failed) => {
      waiting.push(() => call().then(done, failed))
      if (!isRunning) void runWaiting()
    })
}
