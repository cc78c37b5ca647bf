"""Programs that use task queues, command lines, data and test libraries.

The comment behind a `def` says in which phase it must be reached.
"""

from __future__ import annotations

OTHERS = {
    "programs": """
from discord.ext import commands
from gunicorn.app.base import BaseApplication
from mautrix.util.program import Program
from textual.app import App

class Served(BaseApplication):
    def __init__(self, app):  # import
        self.app = app
        super().__init__()
    def load_config(self):  # startup
        pass
    def load(self):  # startup
        return self.app
    def other(self):
        pass
Served(None).run()

class Bot(commands.Bot):
    async def setup_hook(self):  # startup
        self.helper()
    async def on_ready(self):  # request
        pass
    def helper(self):  # startup
        pass
    def helped(self):
        pass
Bot(command_prefix="!").run("token")

class Screen(App):
    def compose(self):  # startup
        yield None
    def on_mount(self):  # startup
        pass
    def action_quit(self):  # request
        pass
Screen().run()

class Bridge(Program):
    def prepare(self):  # startup
        super().prepare()
        self.prepare_db()
    def prepare_db(self):  # startup
        pass
    async def start(self):  # startup
        await super().start()
    async def stop(self):  # shutdown
        pass
Bridge().run()
""",
    "attrs": """
import attr
from attr import Factory

def number():  # import
    return 1
def of_self(record):  # import
    record.shown()
@attr.s
class Record:
    id = attr.ib(Factory(number))
    name = attr.ib(Factory(of_self, takes_self=True))
    def shown(self):  # import
        pass
Record()
""",
    "celery": """
from celery import Celery, Task, shared_task
from celery.signals import task_prerun, worker_init, worker_shutdown
app = Celery("app")

@app.task(bind=True)
def add(self, one):  # request
    pass
@shared_task
def multiply(one):  # request
    add.delay(1)
class Base(Task):
    def on_failure(self, *args):  # request
        pass
@worker_init.connect
def opened(**kwargs):  # startup
    pass
@worker_shutdown.connect
def closed(**kwargs):  # shutdown
    pass
@task_prerun.connect
def before(**kwargs):  # request
    pass
@app.on_after_configure.connect
def periodic(sender, **kwargs):  # startup
    pass
def queued():  # request
    pass
queued.delay()
""",
    "schedulers": """
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from rq import Queue
import dramatiq

scheduler = AsyncIOScheduler()
@scheduler.scheduled_job("interval", seconds=1)
def often():  # request
    pass
def job():  # request
    pass
scheduler.add_job(job, "cron")
def queued():  # request
    pass
Queue().enqueue(queued, 1)
@dramatiq.actor
def acting():  # request
    pass
""",
    "sqlalchemy and pydantic": """
from pydantic import AfterValidator, BaseModel, computed_field, field_validator, model_validator
from sqlalchemy import Column, event
from sqlalchemy.orm import validates

class User(BaseModel):
    name: str
    @field_validator("name")
    @classmethod
    def check_name(cls, value):  # request
        cls.strip(value)
    @classmethod
    def strip(cls, value):  # request
        pass
    @model_validator(mode="after")
    def check(self):  # request
        self.more()
    def more(self):  # request
        pass
    @computed_field
    @property
    def label(self):  # import
        pass
User(name="a").label
def valid(value):  # request
    pass
AfterValidator(valid)

@event.listens_for(User, "connect")
def connected(connection, record):  # request
    pass
def listener(connection):  # request
    pass
event.listen(User, "close", listener)
def now():  # request
    pass
column = Column(default=now)
""",
    "click": """
import click

@click.group()
@click.pass_context
def cli(context):  # request
    pass
def check(context, parameter, value):  # request
    pass
@cli.command()
@click.option("--name", callback=check)
def greet(name):  # request
    hello(name)
def hello(name):  # request
    pass
@click.command("other")
@click.option("--flag", callback=lambda context, parameter, value: flagged())
def other(flag):  # request
    pass
def flagged():  # request
    pass
@cli.group()
def sub():  # request
    pass
@sub.command()
def below():  # request
    pass
if __name__ == "__main__":
    cli()
""",
    "typer": """
import typer
app = typer.Typer()
@app.command()
def greet(name: str = typer.Option("a", callback=None)):  # request
    pass
@app.callback()
def main():  # request
    pass
def single():  # request
    pass
typer.run(single)
""",
    "anyio and tenacity": """
import anyio, backoff
from tenacity import retry, stop_after_attempt

async def main():  # import
    async with anyio.create_task_group() as group:
        group.start_soon(child, 1)
    await anyio.to_thread.run_sync(blocking)
async def child(number):  # import
    pass
def blocking():  # import
    pass
anyio.run(main)
@retry(stop=stop_after_attempt(3))
def retried():  # unreached
    pass
@retry
def called():  # import
    pass
called()
@backoff.on_exception(backoff.expo, OSError)
def again():  # import
    pass
again()
""",
    "pytest": """
import pytest
@pytest.fixture
def made():  # request
    yield
@pytest.mark.parametrize("a", [1])
def test_it(a):  # unreached
    pass
""",
}
