import type { CSSProperties } from 'react'
import { Fragment } from 'react'
import { useEdition } from './edition.ts'
import { light, sans } from './look.ts'

type FiguresProps = {
  /** Each with a label of a word or two, ready to print. */
  figures: { label: string; value: string }[]
}

/** What somebody looks up later: each figure on a line, under its label. A real table, read out as one. */
export function Figures({ figures }: FiguresProps) {
  if (useEdition() === 'text') {
    return (
      <p>
        {figures.map(({ label, value }, at) => (
          <Fragment key={label}>
            {at > 0 ? <br /> : null}
            {label}: {value}
          </Fragment>
        ))}
      </p>
    )
  }
  return (
    <table width="100%" border={0} cellPadding={0} cellSpacing={0} className="rule" style={table}>
      <tbody>
        {figures.map(({ label, value }) => (
          <tr key={label}>
            <th scope="row" className="rule soft" style={labelCell}>
              {label}
            </th>
            <td className="rule ink" style={valueCell}>
              {value}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const line = `1px solid ${light.rule}`

/** The labels are of one width, whatever is typed beside them. */
const table: CSSProperties = {
  margin: '0 0 24px',
  width: '100%',
  tableLayout: 'fixed',
  borderCollapse: 'collapse',
  borderBottom: line,
}

const cell: CSSProperties = {
  borderTop: line,
  padding: '9px 16px 9px 0',
  textAlign: 'left',
  verticalAlign: 'top',
  fontFamily: sans,
  fontSize: 17,
  lineHeight: '26px',
}

const labelCell: CSSProperties = { ...cell, width: '34%', fontWeight: 400, color: light.soft }
const valueCell: CSSProperties = { ...cell, paddingRight: 0, color: light.ink }
