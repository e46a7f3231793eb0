// Shows text that another person wrote, as a single text node in an isolated box. Markup is shown
// literally, and bidirectional control characters cannot affect the text around the box.
export function UntrustedText({ text }: { text: string }) {
  return (
    <div class="words" dir="auto">
      {text}
    </div>
  )
}

/**
 * Shows short facts, each with a label. Other people's words are rendered as text, never as an
 * attribute.
 */
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
