import { mountSpatioDevtools } from '@spatio-labs/auth-devtools'
import { auth } from './auth'

mountSpatioDevtools(auth)
