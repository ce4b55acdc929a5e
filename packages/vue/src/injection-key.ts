import type { InjectionKey } from 'vue'
import type { SpatioAuthVue } from './spatio-auth-vue.js'

/** For `inject(SPATIO_AUTH)`. Registered globally, so that two copies of this package on one page still meet. */
export const SPATIO_AUTH: InjectionKey<SpatioAuthVue> = Symbol.for('spatio.auth.vue.v1')
