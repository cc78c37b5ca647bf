"""Programs that use web frameworks. The comment behind a `def` says in which phase it must be reached."""

from __future__ import annotations

WEB = {
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
