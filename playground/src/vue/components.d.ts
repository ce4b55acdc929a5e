/** For tsc, which reads no single-file component; vue-tsc does, and takes what the file says. */
declare module '*.vue' {
  import type { Component } from 'vue'

  const component: Component
  export default component
}
