"""The product, quotient and chain rule, for any differentiable functions φ and ψ."""

from gradproof.derivations.calculus import Activation, NonZero, Scalar, Text, define, derive

x = Scalar("x")
phi, psi = Activation("phi"), Activation("psi")
product = define("f", phi(x) * psi(x))
quotient = define("f", phi(x) / psi(x))
composite = define("f", phi(psi(x)))
SOURCES = ("Deisenroth, Faisal, Ong, Mathematics for Machine Learning, 2020, section 5.1.2",)

product_rule = derive(
    product[()],
    x,
    name="product_rule",
    title=Text("The product rule", "乘积法则"),
    textbook=phi(x, order=1) * psi(x) + phi(x) * psi(x, order=1),
    sources=SOURCES,
)

quotient_rule = derive(
    quotient[()],
    x,
    name="quotient_rule",
    title=Text("The quotient rule", "商法则"),
    textbook=(phi(x, order=1) * psi(x) - phi(x) * psi(x, order=1)) / psi(x) ** 2,
    given=(NonZero(psi(x)),),
    sources=SOURCES,
)

chain_rule = derive(
    composite[()],
    x,
    name="chain_rule",
    title=Text("The chain rule", "链式法则"),
    textbook=phi(psi(x), order=1) * psi(x, order=1),
    sources=SOURCES,
    remarks=(
        Text(
            "The outer derivative is taken at the inner value ψ(x), not at x.",
            "外层导数在内层函数值 ψ(x) 处取值，而不是在 x 处。",
        ),
    ),
)
