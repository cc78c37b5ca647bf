"""One program for each library that has a model; the comment behind a `def` says in which phase it must be reached."""

from __future__ import annotations

PROGRAMS = {
    "fastapi": """
from contextlib import asynccontextmanager
from typing import Annotated
from fastapi import APIRouter, BackgroundTasks, Depends, FastAPI, Request, Security, WebSocket
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRouter as Router

class Hub:
    def __init__(self):  # startup
        pass
    def send(self):  # request
        pass
    def close(self):  # shutdown
        pass

@asynccontextmanager
async def lifespan(application):  # startup
    application.state.hub = Hub()
    yield
    application.state.hub.close()
    after()

def after():  # shutdown
    pass

def app_dependency():  # request
    pass

app = FastAPI(lifespan=lifespan, dependencies=[Depends(app_dependency)])
router = APIRouter()
other = Router()

def current_user():  # request
    yield User()
class User:
    def name(self):  # request
        pass
def scopes():  # request
    pass
def settings():  # request
    pass

@router.get("/")
async def index(request: Request, user=Depends(current_user)):  # request
    user.name()
    request.app.state.hub.send()
    await run_in_threadpool(blocking, 1)

def blocking(number):  # request
    pass

@other.post("/items", dependencies=[Security(scopes)])
def create(tasks: BackgroundTasks, settings: Annotated[dict, Depends(settings)]):  # request
    tasks.add_task(notify, "a", key=1)

def notify(text, key):  # request
    pass

@app.websocket("/live")
async def live(socket: WebSocket):  # request
    socket.app.state.hub.send()

def added():  # request
    pass
app.add_api_route("/added", added)
app.include_router(router)

@app.on_event("startup")
def opened():  # startup
    pass
@app.on_event("shutdown")
async def closed():  # shutdown
    pass
def handler():  # startup
    pass
app.add_event_handler("startup", handler)

@app.middleware("http")
async def timing(request, call_next):  # request
    pass
@app.exception_handler(ValueError)
async def failed(request, error):  # request
    pass
def unused():  # unreached
    pass
""",
    "starlette": """
import contextlib
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.endpoints import HTTPEndpoint, WebSocketEndpoint
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.routing import Mount, Route, WebSocketRoute

def home(request):  # request
    BackgroundTask(later, 1)
def later(number):  # request
    pass
class Page(HTTPEndpoint):
    async def get(self, request):  # request
        self.render()
    def render(self):  # request
        pass
class Socket(WebSocketEndpoint):
    async def on_receive(self, socket, data):  # request
        pass
async def sub(scope, receive, send):  # request
    pass
def socket(websocket):  # request
    pass
def missing(request, error):  # request
    pass
def start():  # startup
    pass
def stop():  # shutdown
    pass
class Timing(BaseHTTPMiddleware):
    def __init__(self, app, limit):  # startup
        super().__init__(app)
        self.limit = limit()
    async def dispatch(self, request, call_next):  # request
        pass
def limit():  # startup
    pass
class Plain:
    def __init__(self, app):
        self.app = app
    async def __call__(self, scope, receive, send):  # request
        await self.app(scope, receive, send)

app = Starlette(
    routes=[Route("/", home), Route("/page", endpoint=Page), Mount("/sub", app=sub), WebSocketRoute("/ws", socket)],
    middleware=[Middleware(Timing, limit=limit)],
    exception_handlers={404: missing}, on_startup=[start], on_shutdown=[stop],
)
app.add_middleware(Plain)
""",
    "a subclass of an application": """
from fastapi import FastAPI

class Application(FastAPI):
    def __init__(self):  # import
        super().__init__(on_startup=[self.open])
    def open(self):  # startup
        pass
app = Application()

@app.get("/")
def index():  # request
    pass
""",
    "asyncio": """
import asyncio

async def main():  # import
    task = asyncio.create_task(work())
    task.add_done_callback(done)
    await asyncio.gather(one(), asyncio.shield(two()))
    await asyncio.wait_for(three(), 1)
    (await asyncio.to_thread(make, 1)).use()
    loop = asyncio.get_running_loop()
    loop.call_soon(soon, 1)
    loop.call_later(1, late)
    await loop.run_in_executor(None, executed)
    loop.add_signal_handler(2, stop)
    async with asyncio.TaskGroup() as group:
        group.create_task(grouped())
async def work():  # import
    pass
async def one():  # import
    pass
async def two():  # import
    pass
async def three():  # import
    pass
async def grouped():  # import
    pass
class Made:
    def use(self):  # import
        pass
def make(number):  # import
    return Made()
def done(task):  # import
    pass
def soon(number):  # import
    pass
def late():  # import
    pass
def executed():  # import
    pass
def stop():  # shutdown
    pass
asyncio.run(main())
with asyncio.Runner() as runner:
    runner.run(again())
async def again():  # import
    pass
""",
    "threads": """
import atexit, contextvars, signal, threading, weakref
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Pool, Process

class Worker(threading.Thread):
    def run(self):  # import
        self.step()
    def step(self):  # import
        pass
Worker().start()
class Looping(threading.Thread):
    def __init__(self):  # import
        super().__init__(target=self.loop, args=(1,))
    def loop(self, number):  # import
        pass
Looping().start()
class Holder:
    def __init__(self):  # import
        self.thread = threading.Thread(target=self.held, daemon=True)
        self.thread.name = "held"
    def start(self):  # unreached
        self.thread.start()
    def held(self):  # unreached
        pass
Holder()
class Idle(threading.Thread):
    def run_idle(self):  # unreached
        pass

class Item:
    def use(self):  # import
        pass
def target(item, flag=None):  # import
    item.use()
threading.Thread(target=target, args=(Item(),)).start()
def tick(number):  # import
    pass
threading.Timer(1, tick, [2]).start()
def process():  # import
    pass
processes = [Process(target=process) for _ in range(2)]
for each in processes:
    each.start()

def prepare():  # import
    pass
with ThreadPoolExecutor(initializer=prepare) as pool:
    future = pool.submit(submitted, 1)
    future.add_done_callback(done)
    for made in pool.map(mapped, [1]):
        made.used()
def submitted(number):  # import
    pass
def done(future):  # import
    pass
class Made:
    def used(self):  # import
        pass
def mapped(number):  # import
    return Made()
with Pool() as processes:
    processes.starmap(pair, [(1, 2)])
def pair(one, two):  # import
    pass

@atexit.register
def at_exit():  # shutdown
    pass
def handler(number, frame):  # shutdown
    pass
signal.signal(signal.SIGTERM, handler)
def cleaned():  # shutdown
    pass
weakref.finalize(handler, cleaned)
def in_context():  # import
    pass
contextvars.copy_context().run(in_context)
""",
    "the standard library": """
import argparse, ast, contextlib, functools, html.parser, http.server, itertools, json, logging, re, unittest

def key(value):  # import
    return value
for value, group in itertools.groupby([1], key):
    pass
def small(value):  # import
    return True
list(itertools.takewhile(small, [1]))
def compare(left, right):  # import
    return 0
sorted([1], key=functools.cmp_to_key(compare))
class Thing:
    def close(self):  # import
        pass
    def use(self):  # import
        pass
with contextlib.closing(Thing()) as thing:
    thing.use()
@contextlib.contextmanager
def managed():  # import
    yield Thing()
with contextlib.ExitStack() as stack:
    stack.enter_context(managed()).use()
    stack.callback(on_exit, 1)
def on_exit(number):  # import
    pass
def replace(match):  # import
    return ""
re.sub("a", replace, "a")
re.compile("a").sub(replace_compiled, "a")
def replace_compiled(match):  # import
    return ""
class Encoder(json.JSONEncoder):
    def default(self, value):  # import
        pass
json.dumps({}, cls=Encoder)
def hook(value):  # import
    pass
json.loads("{}", object_hook=hook)
class Visitor(ast.NodeVisitor):
    def visit_Name(self, node):  # import
        self.generic_visit(node)
    def helper(self):  # unreached
        pass
Visitor().visit(ast.parse("a"))
class Parser(html.parser.HTMLParser):
    def handle_data(self, data):  # import
        pass
Parser().feed("")
class Requests(http.server.BaseHTTPRequestHandler):
    def do_GET(self):  # request
        pass
http.server.HTTPServer(("", 80), Requests)
class Handler(logging.StreamHandler):
    def emit(self, record):  # import
        pass
logging.getLogger().addHandler(Handler())
class Redact(logging.Filter):
    def filter(self, record):  # request
        pass
def number(text):  # request
    return int(text)
argparse.ArgumentParser().add_argument("--number", type=number)
class Tests(unittest.TestCase):
    def test_one(self):  # request
        self.addCleanup(clean_up)
def clean_up():  # request
    pass
""",
    "functions that give back": """
import typing, weakref
from collections import defaultdict
from dataclasses import dataclass, replace

@dataclass
class Thing:
    number: int
    def one(self):  # import
        pass
    def two(self):  # import
        pass
    def three(self):  # import
        pass
    def four(self):  # import
        pass
typing.cast("Thing", Thing(1)).one()
replace(Thing(1), number=2).two()
weakref.proxy(Thing(1)).three()
def make():  # import
    return Thing(1)
things = defaultdict(make)
things["a"].four()
""",
    "flask": """
from flask import Blueprint, Flask
from flask.views import MethodView

app = Flask(__name__)
pages = Blueprint("pages", __name__)
@pages.route("/")
def index():  # request
    pass
@app.before_request
def before():  # request
    pass
class Missing(Exception):
    pass
@app.errorhandler(Missing)
def missing(error):  # request
    pass
@app.cli.command("seed")
def seed():  # request
    pass
class Items(MethodView):
    def get(self):  # request
        self.helper()
    def helper(self):  # request
        pass
    def other(self):  # unreached
        pass
app.add_url_rule("/items", view_func=Items.as_view("items"))
def ruled():  # request
    pass
app.add_url_rule("/ruled", "ruled", ruled)
with app.app_context():
    inside()
def inside():  # import
    pass
""",
    "quart": """
from quart import Quart
app = Quart(__name__)
@app.before_serving
async def opened():  # startup
    pass
@app.after_serving
async def closed():  # shutdown
    pass
@app.while_serving
async def serving():  # startup
    yield
    ended()
def ended():  # shutdown
    pass
@app.websocket("/ws")
async def live():  # request
    pass
""",
    "django": """
from django.apps import AppConfig
from django.contrib import admin
from django.core.management.base import BaseCommand
from django.db import models, transaction
from django.db.models.signals import post_save
from django.dispatch import Signal, receiver
from django import forms, template
from django.urls import path
from django.views.generic import ListView
from django.contrib.auth.decorators import login_required

class Config(AppConfig):
    def ready(self):  # startup
        post_save.connect(saved)
def saved(sender, **kwargs):  # request
    pass
done = Signal()
@receiver(done)
def on_done(sender, **kwargs):  # request
    transaction.on_commit(committed)
def committed():  # request
    pass
@login_required
def view(request):  # request
    pass
class Items(ListView):
    def get_queryset(self):  # request
        return self.narrow()
    def narrow(self):  # request
        pass
urlpatterns = [path("", view), path("items", Items.as_view())]
class Command(BaseCommand):
    def handle(self, *args, **options):  # request
        pass
class Item(models.Model):
    def save(self, *args, **kwargs):  # request
        super().save(*args, **kwargs)
class ItemForm(forms.ModelForm):
    def clean_name(self):  # request
        pass
@admin.register(Item)
class ItemAdmin(admin.ModelAdmin):
    def save_model(self, request, obj, form, change):  # request
        pass
register = template.Library()
@register.filter(name="shout")
def shout(value):  # request
    pass
@register.simple_tag
def now():  # request
    pass
""",
    "rest framework": """
from rest_framework import permissions, routers, serializers, viewsets
from rest_framework.decorators import action

class Allowed(permissions.BasePermission):
    def has_permission(self, request, view):  # request
        pass
class ItemSerializer(serializers.ModelSerializer):
    def validate_name(self, value):  # request
        pass
class Items(viewsets.ModelViewSet):
    def perform_create(self, serializer):  # request
        pass
    @action(detail=True)
    def publish(self, request):  # request
        self.tell()
    def tell(self):  # request
        pass
router = routers.DefaultRouter()
router.register("items", Items)
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
    "aiohttp": """
from aiohttp import web

async def index(request):  # request
    request.app
async def posted(request):  # request
    pass
async def opened(app):  # startup
    pass
async def closed(app):  # shutdown
    pass
async def database(app):  # startup
    yield
    disconnect()
def disconnect():  # shutdown
    pass
@web.middleware
async def timing(request, handler):  # request
    pass
app = web.Application(middlewares=[timing])
app.router.add_get("/", index)
app.add_routes([web.post("/", posted)])
app.on_startup.append(opened)
app.on_cleanup.append(closed)
app.cleanup_ctx.append(database)
routes = web.RouteTableDef()
@routes.get("/other")
async def other(request):  # request
    pass
web.run_app(app)
""",
    "socket.io": """
import socketio
server = socketio.AsyncServer()
@server.event
async def connect(sid, environ):  # request
    server.start_background_task(tick)
def tick():  # request
    pass
@server.on("message")
def message(sid, data):  # request
    pass
class Chat(socketio.AsyncNamespace):
    def on_join(self, sid):  # request
        pass
""",
    "other web frameworks": """
import falcon, tornado.web
from litestar import Litestar, get
from sanic import Sanic

app = Sanic("app")
@app.get("/")
def index(request):  # request
    pass
@app.before_server_start
def opened(app):  # startup
    pass
@app.listener("before_server_stop")
def closed(app):  # shutdown
    pass
@get("/")
def found():  # request
    pass
def started():  # startup
    pass
Litestar([found], on_startup=[started])
class Page(tornado.web.RequestHandler):
    def post(self):  # request
        pass
class Resource:
    def on_get(self, request, response):  # request
        pass
falcon.App().add_route("/", Resource())
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
    "graphql": """
import graphene, strawberry
@strawberry.type
class Query:
    @strawberry.field
    def user(self):  # request
        self.find()
    def find(self):  # request
        pass
class Old(graphene.ObjectType):
    def resolve_user(self, info):  # request
        pass
""",
}
