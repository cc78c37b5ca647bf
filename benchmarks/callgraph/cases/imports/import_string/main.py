from importing import import_string

import_string("plugins.mail:Sender")().send()
import_string("plugins.mail:Hub.Inner")().go()
