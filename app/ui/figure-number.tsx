import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

type FigureNumberProps = {
  /** As printed: "100,000". */
  figure: string
  /** What it counts, and who says so. */
  caption: ReactNode
  /** Large is for the one number of a page. */
  size?: 'large' | 'small'
}

/** A number that carries meaning by itself, with the words that say what it counts. */
export function FigureNumber({ figure, caption, size = 'large' }: FigureNumberProps) {
  const large = size === 'large'
  return (
    <figure
      className={classNames(
        'border-t-4 border-accent pt-4',
        large ? 'my-10 first:mt-0 max-w-measure' : 'max-w-[16rem]',
      )}
    >
      <p
        className={classNames('font-semibold tracking-tight tabular-nums', large ? 'text-figure' : 'text-h2')}
      >
        {figure}
      </p>
      <figcaption className={large ? 'mt-3 text-lede' : 'mt-1 font-sans text-note text-soft'}>
        {caption}
      </figcaption>
    </figure>
  )
}
