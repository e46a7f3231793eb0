/** Short facts, each with its name. What other people wrote is text here, never an attribute. */
export function FactList({ facts }: { facts: readonly [name: string, value: string][] }) {
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
