// A parliament that is nobody's, for trying letters out: the places and the people are made up, the country is ZZ, and every
// address is at example.org or one of the mail provider's own test addresses. It is taken in as any register is.
//
// | postcode         | leads to                                                          |
// |------------------|-------------------------------------------------------------------|
// | ZZ9 9ZA, ZZ9 9ZL | one who is written to by email                                    |
// | ZZ9 9ZB          | two divisions: the supporter says which is theirs                 |
// | ZZ9 9ZC          | a vacancy                                                         |
// | ZZ9 9ZD          | one who wants a form on their own site                            |
// | ZZ9 9ZE          | one who wants a letter on paper                                   |
// | ZZ9 9ZF          | one who wants to be phoned                                        |
// | ZZ9 9ZG          | one who cannot be written to                                      |
// | ZZ9 9ZH          | one whose address is dead: the letter comes back                  |
// | ZZ9 9ZI          | two: of the division, and of the larger one around it             |
// | ZZ9 9ZJ          | three divisions, one of them vacant                               |
// | ZZ9 9ZK          | one who has just come to the seat                                 |
// | ZZ9 9ZM to 9ZZ   | one who is written to by email                                    |
// | any other        | nobody: the division can be chosen from the list                  |

export const DEMO_SOURCE = 'demo-parliament'

/** The chamber that a sample campaign writes to. */
export const demoChamber = { country: 'ZZ', chamber: 'demo-assembly' }

export const demoDivisions = `division_id,country,type,name,parent_id
demo:northern-shore,ZZ,region,Northern Shore,
demo:harbour,ZZ,constituency,Harbour,
demo:old-mill,ZZ,constituency,Old Mill,
demo:long-meadow,ZZ,constituency,Long Meadow,
demo:stonebridge,ZZ,constituency,Stonebridge,
demo:high-moor,ZZ,constituency,High Moor,
demo:lakeside,ZZ,constituency,Lakeside,
demo:orchard-hill,ZZ,constituency,Orchard Hill,
demo:west-quay,ZZ,constituency,West Quay,
demo:lighthouse-point,ZZ,constituency,Lighthouse Point,demo:northern-shore
demo:chapel-green,ZZ,constituency,Chapel Green,
demo:river-bend,ZZ,constituency,River Bend,
`

const member = (
  id: string,
  place: string,
  name: string,
  ways: {
    email?: string
    form?: string
    post?: string
    phone?: string
    channel: string
    start?: string
    end?: string
  },
) => {
  const slug = place.toLowerCase().replaceAll(' ', '-')
  const { email = '', form = '', post = '', phone = '', channel, start = '', end = '' } = ways
  return [
    ...[`demo:${id}`, 'ZZ', 'demo-assembly', 'Member of the Demo Assembly', name, `demo:${slug}`, place],
    ...[email, form, post, phone, channel, start, end],
    ...['https://example.org/demo-assembly', 'made up', '2026-11-20'],
  ].join(',')
}

const header =
  'external_id,country,chamber,role,name,division_id,division_name,' +
  'email,contact_form_url,postal_address,phone,channel,start_date,end_date,source_url,licence,retrieved_at'

export const demoRepresentatives = [
  header,
  member('1', 'Harbour', 'Ada Example', { email: 'harbour@example.org', channel: 'email' }),
  member('2', 'Old Mill', 'Ben Sample', { email: 'old-mill@example.org', channel: 'email' }),
  // Vacant since: a term that is over is all that is known of the seat.
  member('3', 'Long Meadow', 'Leo Former', { channel: 'none', start: '2024-07-05', end: '2026-10-30' }),
  member('4', 'Stonebridge', 'Cora Specimen', {
    form: 'https://example.org/stonebridge/write',
    channel: 'webform',
  }),
  member('5', 'High Moor', 'Dan Pattern', {
    post: 'Dan Pattern | Demo Assembly | 1 Example Square | Exampletown | ZZ1 1ZZ',
    channel: 'post',
  }),
  // Numbers that are kept for stories: Ofcom, "telephone numbers for use in TV and radio drama programmes".
  member('6', 'Lakeside', 'Eve Instance', { phone: '020 7946 0000', channel: 'phone' }),
  member('7', 'Orchard Hill', 'Finn Model', { channel: 'none' }),
  // The mail provider lets this one bounce: resend.com/docs/dashboard/emails/send-test-emails.
  member('8', 'West Quay', 'Gia Dummy', { email: 'bounced+west-quay@resend.dev', channel: 'email' }),
  member('9', 'Lighthouse Point', 'Hal Trial', { email: 'lighthouse-point@example.org', channel: 'email' }),
  member('10', 'Northern Shore', 'Ida Mockup', { email: 'northern-shore@example.org', channel: 'email' }),
  member('11', 'Chapel Green', 'Jon Proof', {
    email: 'chapel-green@example.org',
    channel: 'email',
    start: '2026-11-01',
  }),
  member('12', 'River Bend', 'Kim Draft', { email: 'river-bend@example.org', channel: 'email' }),
].join('\n')

/** The last letter of the postcode, and the divisions that it leads to. */
const inward: Record<string, string[]> = {
  A: ['harbour'],
  B: ['harbour', 'old-mill'],
  C: ['long-meadow'],
  D: ['stonebridge'],
  E: ['high-moor'],
  F: ['lakeside'],
  G: ['orchard-hill'],
  H: ['west-quay'],
  I: ['lighthouse-point'],
  J: ['old-mill', 'long-meadow', 'river-bend'],
  K: ['chapel-green'],
  L: ['old-mill'],
  ...Object.fromEntries([...'MNOPQRSTUVWXYZ'].map((letter) => [letter, ['river-bend']])),
}

export const demoPostal = [
  'country,postal,division_id',
  ...Object.entries(inward).flatMap(([letter, divisions]) =>
    divisions.map((division) => `ZZ,ZZ99Z${letter},demo:${division}`),
  ),
].join('\n')
