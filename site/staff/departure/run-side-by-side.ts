// Runs work on many items in parallel, because most of a request's time is spent on the network.

/**
 * Processes items, a few at a time. After a failure, does not start work on any further item.
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
