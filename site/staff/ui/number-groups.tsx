// Shows a long number in the groups in which people read it out and write it down.
interface NumberGroupsProps {
  /** the groups, with a space between them */
  written: string
  label: string
}

export const NumberGroups = ({ written, label }: NumberGroupsProps) => (
  <ol class="groups" aria-label={label}>
    {(written ? written.split(' ') : []).map((group, place) => (
      <li key={place}>{group}</li>
    ))}
  </ol>
)
