// Protects the properties that all objects inherit, such as `__proto__`, from keys chosen by
// strangers.

/**
 * Returns a table's own value for a key, never an inherited one. A key that comes from a stranger
 * is looked up in tables only through this function.
 */
export const ownValue = <Value>(
  table: Readonly<Record<string, Value>>,
  key: string,
): Value | undefined => (Object.hasOwn(table, key) ? table[key] : undefined)

/**
 * Freezes the prototype that all objects share, and turns its values into accessors with setters.
 * Without setters, code could not give an object its own `constructor` or `toString`, as Preact
 * does.
 */
export function freezePrototype(): void {
  const shared = Object.prototype
  const held: Record<string, PropertyDescriptor> = Object.getOwnPropertyDescriptors(shared)
  for (const [name, { value }] of Object.entries(held))
    // `__proto__` already has a setter.
    if (value)
      Object.defineProperty(shared, name, {
        get: (): unknown => value,
        set(this: object, own: unknown) {
          const free = { writable: true, enumerable: true, configurable: true }
          Object.defineProperty(this, name, { value: own, ...free })
        },
      })
  Object.freeze(shared)
}
