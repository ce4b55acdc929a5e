// Where popups and hidden frames arrive. This page only hands their answer over: the app is not loaded here.
import '@spatio-labs/auth/relay'
