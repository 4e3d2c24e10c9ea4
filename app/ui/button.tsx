import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode } from 'react'
import { classNames } from './class-names.ts'

type Look = 'primary' | 'secondary' | 'link'

type ButtonProps = { look?: Look; children: ReactNode } & (
  | ({ href: string } & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href' | 'className' | 'style'>)
  | ({ href?: undefined } & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'style'>)
)

const looks: Record<Look, string> = {
  primary: 'button border-accent bg-accent text-paper',
  secondary: 'button border-edge bg-paper text-ink',
  link: 'cursor-pointer py-2 font-sans text-ui text-accent underline underline-offset-4',
}

/**
 * Does something: a button that submits its form, unless `type` says otherwise. With `href` it goes somewhere: an anchor.
 * One primary button a page.
 */
export function Button({ look = 'primary', children, ...rest }: ButtonProps) {
  const className = looks[look]
  if (rest.href !== undefined) {
    return (
      <a {...rest} className={classNames(className, 'no-underline')}>
        {children}
      </a>
    )
  }
  return (
    <button type="submit" {...rest} className={className}>
      {children}
    </button>
  )
}
