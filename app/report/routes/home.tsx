export const handle = { reading: true }

export default function Page() {
  return <h1>Soon</h1>
}
