import { Prose } from '#app/ui/prose.tsx'

/** To somebody to whose address nothing is sent although they may want it: why that is, and what they can do. */
export function Held({ why }: { why: string }) {
  return (
    <Prose>
      <p>{sayWhy(why)}</p>
      <p>
        If that is not right any more, <a href="/contact">tell us</a>.
      </p>
    </Prose>
  )
}

function sayWhy(why: string): string {
  switch (why) {
    case 'bounced':
      return 'You get none: messages to this address came back, so we stopped writing to it.'
    case 'complained':
      return 'You get none: a message of ours was reported as unwanted from this address, so we stopped writing to it.'
    default:
      return 'You get none: this address is marked as one that is not to be written to.'
  }
}
