// Runs work for many items in parallel, because a request waits longer for the network than for the
// edge.

/**
 * Processes items, a few at the same time. After a failure, does not begin further items.
 *
 * @throws the first failure, once all started work has ended
 */
export async function runSideBySide<Item>(
  many: number,
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items.values()
  const failures: unknown[] = []
  const takeTurns = async (): Promise<void> => {
    for (const item of left) {
      if (failures.length > 0) return
      try {
        await work(item)
      } catch (thrown) {
        failures.push(thrown)
      }
    }
  }
  await Promise.all(Array.from({ length: many }, takeTurns))
  if (failures.length > 0) throw failures[0]
}
