import type { Source } from '#app/charity/source.ts'

const hart = 'HART'

/** HART's own page about the report: the source of every finding. */
export const reportPage: Source = {
  slug: 'hart-visit-report',
  title: 'Grief and Courage in Nagorno Karabakh | HART Visit Report',
  publisher: hart,
  url: 'https://www.hart-uk.org/grief-and-courage-in-nagorno-karabakh-hart-visit-report/',
  dated: '3 December 2020',
}

/** Titles from here on say what the place is, in our words, where its own headline is not known to us. */
export const displacement: Source = {
  slug: 'ombuds-am-3109',
  title: 'News item 3109, on the displacement of September 2023',
  publisher: 'Human Rights Defender of Armenia (ombuds.am)',
  url: 'https://ombuds.am/en_us/site/ViewNews/3109',
  dated: null,
}

export const centreInDanger: Source = {
  slug: 'hart-centre-threatened',
  title: 'On the attacks that threatened the centre',
  publisher: hart,
  url: 'https://www.hart-uk.org/breaking-azeri-attacks-threaten-nagorno-karabakhs-only-disability-rehab-centre/',
  dated: '14 October 2020',
}

export const centreReturn: Source = {
  slug: 'hart-centre-return',
  title: 'Statement on the return of patients and staff to the centre',
  publisher: hart,
  url: 'https://www.hart-uk.org/baroness-coxs-statement-on-the-return-of-patients-and-staff-to-the-lady-cox-rehabilitation-centre-in-nagorno-karabakh/',
  dated: '13 January 2021',
}

export const centreClosed: Source = {
  slug: 'hart-centre-closed',
  title: 'On the forced closure of the centre',
  publisher: hart,
  url: 'https://www.hart-uk.org/breaking-news-harts-local-partner-the-lady-cox-disability-rehabilitation-centre-is-forced-to-close-after-azerbaijan-attacks-nagorno-karabakh/',
  dated: null,
}

export const centreRebirth: Source = {
  slug: 'hart-centre-rebirth',
  title: 'On the rebirth of the Lady Cox Rehabilitation Centre',
  publisher: hart,
  url: 'https://www.hart-uk.org/blog/lady-cox-rehabilitation-centre-rebirth/',
  dated: null,
}

export const centrePage: Source = {
  slug: 'hart-centre',
  title: 'On the Lady Cox Rehabilitation Centre, Stepanakert',
  publisher: hart,
  url: 'https://www.hart-uk.org/the-lady-cox-rehabilitation-centre-stepanakert/',
  dated: null,
}

export const emergencyAppeal: Source = {
  slug: 'hart-emergency-appeal-2020',
  title: 'On what gifts to the 2020 emergency appeal have done',
  publisher: hart,
  url: 'https://www.hart-uk.org/how-your-donations-to-our-2020-emergency-appeal-have-made-a-difference-in-nagorno-karabakh/',
  dated: '18 October 2021',
}

export const continuingImpunity: Source = {
  slug: 'continuing-impunity',
  title: 'Continuing Impunity',
  publisher: 'Baroness Cox',
  url: 'https://www.baronesscox.com/2021/04/baroness-cox-report-continuing-impunity.html',
  dated: '24 April 2021',
}

export const assemblyDocument: Source = {
  slug: 'pace-doc-15363',
  title: 'Doc. 15363',
  publisher: 'Parliamentary Assembly of the Council of Europe (PACE)',
  url: 'https://assembly.coe.int/nw/xml/XRef/Xref-XML2HTML-en.asp?fileid=29401',
  dated: '13 September 2021',
}

export const embassyAnswer: Source = {
  slug: 'hart-embassy-answer',
  title: 'Response to the Embassy of Azerbaijan’s Criticism of Baroness Cox’s Visit to Nagorno Karabakh',
  publisher: hart,
  url: 'https://www.hart-uk.org/response-to-the-embassy-of-azerbaijans-criticism-of-baroness-coxs-visit-to-nagorno-karabakh/',
  dated: '19 November 2020',
}

export const lachinLetter: Source = {
  slug: 'hart-lachin-letter',
  title: 'On an urgent letter to the Foreign Secretary about Nagorno Karabakh',
  publisher: hart,
  url: 'https://www.hart-uk.org/urgent-letter-sent-to-secretary-of-state-for-foreign-commonwealth-and-development-affairs-regarding-nagorno-karabakh/',
  dated: '14 December 2022',
}

export const inquiryLetter: Source = {
  slug: 'hart-inquiry-letter',
  title: 'On Baroness Cox’s letter to the Chair of the Foreign Affairs Select Committee, Alicia Kearns MP',
  publisher: hart,
  url: 'https://www.hart-uk.org/baroness-cox-writes-to-alicia-kearns-mp-chair-of-the-foreign-affairs-select-committee-calling-for-an-inquiry-into-the-nagorno-karabakh-security-situation/',
  dated: '13 January 2023',
}
