"""``@dataclass(frozen=True, slots=True)`` for the records that every verb of the command line loads.

The standard library's ``dataclasses`` brings ``inspect`` along and writes six functions for each class as it is made: a
third of the time that ``numbguard log`` may take. What is made here behaves the same, and is a dataclass to type
checkers and to whoever asks with ``dataclasses.fields`` or ``dataclasses.replace``. Less than that one can do is left
out: no base class with fields, no ``__post_init__``, of a field no more than its default. Pure; on any thread.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import replace as replace
else:

    class _Anew:
        """A default that each record gets one of its own of."""

        __slots__ = ("make",)

        def __init__(self, make):
            self.make = make

    def field(*, default_factory):
        """As ``dataclasses`` has it."""
        return _Anew(default_factory)

    def dataclass(*, frozen: bool, slots: bool):
        """The decorator; frozen and with slots is all there is."""
        assert frozen and slots
        return _made

    def replace(record, /, **changes):
        """The same record with other values; ``TypeError`` where it has no such field."""
        return type(record)(**{name: getattr(record, name) for name in record.__match_args__} | changes)

    def _made(plain):
        names = tuple(plain.__annotations__)
        body = {name: value for name, value in vars(plain).items() if name not in ("__dict__", "__weakref__")}
        defaults = {name: body.pop(name) for name in names if name in body}
        body |= {
            "__slots__": names,
            "__match_args__": names,
            "__dataclass_fields__": _Fields(defaults),
            "__setattr__": _refuse,
            "__delattr__": _refuse,
            "__eq__": lambda self, other: (
                _values(self) == _values(other) if other.__class__ is self.__class__ else NotImplemented
            ),
            "__hash__": lambda self: hash(_values(self)),
            "__repr__": _repr,
            "__reduce__": lambda self: (type(self), _values(self)),
        }
        made = type(plain)(plain.__name__, plain.__bases__, body)
        made.__init__ = _init(made, names, defaults)
        return made

    def _init(made, names, defaults):
        """Values go straight into the slots: setting them by name is refused."""
        puts = [vars(made)[name].__set__ for name in names]

        def __init__(self, *given, **named):  # noqa: N807
            if named or len(given) != len(names):
                try:
                    rest = [named.pop(name) if name in named else defaults[name] for name in names[len(given) :]]
                except KeyError as missing:
                    raise TypeError(f"{made.__name__} needs {missing}") from None
                if named or len(given) > len(names):
                    raise TypeError(f"{made.__name__} takes {', '.join(names)}, each of them once")
                given = (*given, *[one.make() if one.__class__ is _Anew else one for one in rest])
            for put, value in zip(puts, given, strict=True):
                put(self, value)

        return __init__

    def _values(record):
        return tuple([getattr(record, name) for name in record.__match_args__])

    def _repr(record):
        fields = (f"{name}={value!r}" for name, value in zip(record.__match_args__, _values(record), strict=True))
        return f"{type(record).__qualname__}({', '.join(fields)})"

    def _refuse(record, name, *_value):
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot change field {name!r}")

    class _Fields:
        """What ``dataclasses`` looks for in a class; made once when it does, for then it is loaded anyway."""

        def __init__(self, defaults):
            self._defaults = defaults

        def __get__(self, record, owner):
            from dataclasses import field, make_dataclass

            typed = owner.__annotations__.items()
            told = [(name, kind, field(**_default(self._defaults, name))) for name, kind in typed]
            owner.__dataclass_fields__ = fields = make_dataclass(owner.__name__, told).__dataclass_fields__
            return fields

    def _default(defaults, name):
        if name not in defaults:
            return {}
        default = defaults[name]
        return {"default_factory": default.make} if isinstance(default, _Anew) else {"default": default}
