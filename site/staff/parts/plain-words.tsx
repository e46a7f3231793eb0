// Words that somebody else wrote. They are one text node in an isolated box: markup stays letters, and signs that turn the
// direction of writing cannot reach what stands around them.
export function PlainWords({ text }: { text: string }) {
  return (
    <div class="words" dir="auto">
      {text}
    </div>
  )
}
