import { PageTitle } from '#app/ui/page-title.tsx'
import { Prose } from '#app/ui/prose.tsx'

/** The page of a gift that nobody knows. */
export function UnknownGift() {
  return (
    <>
      <PageTitle lede="This link leads to no gift that we know. If you copied it, check that all of it is there.">
        We do not find this gift
      </PageTitle>
      <Prose>
        <p>
          If you have paid, the gift is safe: the receipt that you get by email has its reference. If none
          comes within a day, <a href="/contact">ask us</a>.
        </p>
        <p>
          If you have not paid, <a href="/donate">begin again</a>.
        </p>
      </Prose>
    </>
  )
}
