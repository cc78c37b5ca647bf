from mod import A, inst

A.cls_func()
inst.method().method()
