def help_work(): pass
