/** The way back up, from the front page to the page above this one. */
export function Breadcrumbs({ trail }: { trail: { label: string; href: string }[] }) {
  return (
    <nav aria-label="Breadcrumbs" className="mt-6 font-sans text-note print:hidden">
      <ol className="flex flex-wrap gap-y-1">
        {trail.map(({ label, href }) => (
          <li key={href} className="after:mx-2 after:text-soft after:content-['/'] last:after:content-none">
            <a href={href}>{label}</a>
          </li>
        ))}
      </ol>
    </nav>
  )
}
