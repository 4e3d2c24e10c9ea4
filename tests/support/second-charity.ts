import type { Source } from '#app/charity/source.ts'
import type { InstallationContent } from '#prisma/seed/seed.ts'

// Another charity with another report and another partner, to show that nothing here was made for one alone. All of it
// is made up. Its names hold what HTML must escape.

const page: Source = {
  slug: 'wells-report',
  title: 'What the Water Left',
  publisher: 'Springs & Wells',
  url: 'https://wells.example/reports/what-the-water-left',
  dated: '2 May 2031',
}

const gauge: Source = {
  slug: 'river-gauge',
  title: 'Level of the river at the old bridge',
  publisher: 'Board of Rivers',
  url: null,
  dated: null,
}

const byTheCharity = { attribution: 'charity', attributedTo: 'Springs & Wells' } as const

export const secondCharity: InstallationContent = {
  charity: {
    name: 'Springs & Wells',
    legalName: 'The <Springs> and Wells Society',
    strapline: 'Clean water, village by village',
    legalLines: ['Charity number 0 of Atlantis'],
    about: 'Springs & Wells digs wells.',
    website: 'https://wells.example/',
    contactEmail: 'office@wells.example',
    contactPhone: '+44 (0)20 7946 0000',
    postalAddress: ['1 Old Bridge', 'Riverton'],
    bankDetails: ['Account name: Springs & Wells', 'Sort code: 00-00-00', 'Account number: 00000000'],
    appealLine: 'Springs & Wells asks readers to help a village dig.',
    accentLight: '#0b5c4a',
    accentDark: '#7fd6bd',
  },
  report: {
    slug: 'what-the-water-left',
    title: 'What the Water Left',
    kind: 'Flood survey',
    publishedOn: '2031-05-02',
    informationDate: 'April 2031',
    purpose: 'The society measured wells after the flood.\n\nIt asked in three villages.',
    caveat: 'Three villages are few: the society says so itself.',
    fullTextNote: null,
    isFront: true,
    source: page,
    context: [],
    findings: [
      {
        slug: 'salt-in-the-wells',
        kind: 'finding',
        title: 'Salt in the wells',
        summary: 'The society found salt in every third well.',
        warning: null,
        figure: { number: '1 in 3', caption: 'wells held salt' },
        claims: [
          {
            ...byTheCharity,
            anchor: 'every-third-well',
            statement: 'The society found salt in every third well.',
            status: 'corroborated',
            informationDate: 'April 2031',
            sources: [page, gauge],
          },
        ],
      },
      {
        slug: 'a-broken-dam',
        kind: 'finding',
        title: 'A broken dam',
        summary: 'A witness says that the dam broke at night.',
        warning: 'This finding speaks of drowning.',
        figure: null,
        claims: [
          {
            anchor: 'dam-at-night',
            statement: 'A witness says that the dam broke at night and that people drowned.',
            attribution: 'witness',
            attributedTo: 'a witness',
            status: 'disputed',
            informationDate: 'March 2031',
            sources: [page],
          },
        ],
      },
    ],
    changes: [],
    asks: [],
  },
  partners: [
    {
      slug: 'diggers-of-riverton',
      name: 'Diggers of Riverton',
      country: 'Atlantis',
      place: 'Riverton',
      summary: 'They dig.',
      isSample: false,
      facts: [
        { kind: 'service', statement: 'Digging', figure: null, informationDate: null, sources: [page] },
        { kind: 'figure', statement: 'wells dug', figure: '12', informationDate: '2030', sources: [page] },
      ],
    },
  ],
}

/** Words by which the first charity, its report and its partner are known. Capitals count: "chart" is no name. */
export const wordsOfTheFirst =
  /\bHART\b|Humanitarian Aid Relief|Nagorno|Karabakh|\bCox\b|Artsakh|Stepanakert|Armenia|Azerbaijan|Azeri|Turkey|Turkish|Yerevan|Tadevosyan|Lachin|Genocid|Grief|1107341|5227785/
