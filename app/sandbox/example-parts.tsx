import { Caveat } from '#app/ui/caveat.tsx'
import { FigureNumber } from '#app/ui/figure-number.tsx'
import { Folded } from '#app/ui/folded.tsx'
import { Card, LinkList } from '#app/ui/link-list.tsx'
import { Money } from '#app/ui/money.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Prose } from '#app/ui/prose.tsx'
import { Section } from '#app/ui/section.tsx'
import { SourceList } from '#app/ui/source-list.tsx'
import { SourceNote, type CitedSource } from '#app/ui/source-note.tsx'
import { Tag } from '#app/ui/tag.tsx'
import { Timeline, TimelineEntry } from '#app/ui/timeline.tsx'

const onTheWeb: CitedSource = {
  title: 'An example of a source on the web',
  publisher: 'A publisher',
  url: 'https://example.org/',
  dated: '1 January 2020',
}
const onPaper: CitedSource = { title: 'An example of a source on paper', publisher: 'Another publisher' }

/** Every part that is read, with words that say what the part is for. */
export function ExampleParts() {
  return (
    <>
      <Section title="Running text" note="Prose, SourceNote">
        <Prose>
          <p>
            Text that is read is set in a serif at a measure of about sixty characters, with room between its
            lines. A <a href="#folded">link inside it</a> is underlined and takes the charity’s colour.
          </p>
          <h3>A heading inside a text</h3>
          <ul>
            <li>A list keeps the rhythm of the lines around it.</li>
            <li>Its entries are as far apart as they need to be.</li>
          </ul>
          <blockquote>
            <p>A quotation is short, in quotation marks where it is not set apart, and attributed.</p>
          </blockquote>
          <p>Whoever reads a statement is told where it can be checked.</p>
        </Prose>
        <SourceNote sources={[onTheWeb, onPaper]} />
      </Section>
      <Section title="Limits" note="Caveat">
        <Caveat title="What this rests on">
          A caveat stands beside what it limits, in full view, and is never folded away.
        </Caveat>
      </Section>
      <Section title="One number" note="FigureNumber">
        <FigureNumber figure="12,345" caption="An example of the one number of a page, and what it counts." />
        <div className="flex flex-wrap gap-8">
          <FigureNumber size="small" figure="1,234" caption="a smaller one" />
          <FigureNumber size="small" figure="56" caption="and another beside it" />
        </div>
      </Section>
      <Section title="Hard to read" id="folded" note="Folded">
        <Folded
          warning="This part describes violence. It is shown only when you ask for it."
          summary="Show what was reported"
        >
          <p>What was folded is set like everything else.</p>
        </Folded>
      </Section>
      <Section title="Where to go" note="LinkList, Card">
        <LinkList ordered>
          <Card href="/report" title="The first of a numbered list">
            <p>One sentence about what is found there.</p>
          </Card>
          <Card
            href="/report"
            title="The second, whose title is long enough to need a second line on a phone"
          >
            <p>
              Another sentence. <Tag>Disputed</Tag>
            </p>
          </Card>
        </LinkList>
      </Section>
      <Section title="In order of dates" note="Timeline">
        <Timeline>
          <TimelineEntry when="1 January 2020">
            <p>Something happened.</p>
            <SourceNote sources={[onPaper]} />
          </TimelineEntry>
          <TimelineEntry when="February 2021">
            <p>Something else happened.</p>
          </TimelineEntry>
        </Timeline>
      </Section>
      <Section title="Notices" note="Notice">
        <Notice>Something to know here and now.</Notice>
        <Notice kind="warning">Something that cannot be undone.</Notice>
        <Notice kind="success">Something that has been done.</Notice>
        <Notice kind="test" title="Sample">
          Something that is only for trying things out.
        </Notice>
      </Section>
      <Section title="Money" note="Money">
        <p>
          A gift of <Money value={{ amountMinor: 2500, currency: 'GBP' }} /> or of{' '}
          <Money value={{ amountMinor: 2550, currency: 'GBP' }} />, in yen{' '}
          <Money value={{ amountMinor: 500, currency: 'JPY' }} />.
        </p>
      </Section>
      <Section title="Sources" note="SourceList">
        <SourceList sources={[onTheWeb, onPaper]} />
      </Section>
    </>
  )
}
