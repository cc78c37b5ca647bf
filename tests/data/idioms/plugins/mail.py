from idioms.plugins import register


@register
class Mail:
    def send(self):
        return "sent"
