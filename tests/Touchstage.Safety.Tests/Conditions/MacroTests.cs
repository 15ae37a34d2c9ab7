using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Tests.Conditions;

public sealed class MacroTests
{
    [Theory]
    [InlineData("args.items.all(i, i.name != 'gun')", "true")]
    [InlineData("args.items.all(i, !has(i.price) || i.price < 10.0)", "true")]
    [InlineData("args.items.exists(i, has(i.price) && i.price > 2.0)", "true")]
    [InlineData("args.items.exists_one(i, has(i.price))", "true")]
    [InlineData("args.items.map(i, has(i.price), i.price)", "[2.5]")]
    [InlineData("args.items.filter(i, !has(i.price)).map(i, i.name)", "[\"ink\"]")]
    [InlineData("args.items.map(i, i.?price.orValue(0.0))", "[2.5,0]")]
    [InlineData("args.numbers.exists(n, args.numbers.all(m, m <= n))", "true")]
    [InlineData("args.numbers.map(n, args.numbers.map(n, n + 1))", "[[4,2,3],[4,2,3],[4,2,3]]")]
    [InlineData("args.numbers.transformList(i, n, i * 10 + n)", "[3,11,22]")]
    [InlineData("args.labels.map(k, k)", "[\"a\",\"b\",\"c\"]")]
    [InlineData("args.labels.transformMap(k, v, v > 1, v * 2)", """{"b":4,"c":6}""")]
    [InlineData("args.labels.transformMapEntry(k, v, {string(v): k})", """{"1":"a","2":"b","3":"c"}""")]
    [InlineData("args.numbers.transformMapEntry(i, v, {v: i})[1]", "1")]
    [InlineData("args.labels.exists(k, v, k == 'c' && v == 3)", "true")]
    [InlineData("cel.bind(n, args.numbers[0], n * n)", "9")]
    [InlineData("cel.bind(i, args.items[0], has(i.price) && i.price > 2.0)", "true")]
    [InlineData("has(args.items[0].price) && args.items[0].price > 2.0", "true")]
    [InlineData("has(args.note) || args.numbers.all(n, n > 0)", "true")]
    [InlineData("!has(args.note) || args.numbers.all(n, args.note != 'x')", "true")]
    [InlineData("[1, 2.0, 'a', 3u].map(x, type(x)) == [int, double, string, uint]", "true")]
    [InlineData("type(now_is) == google.protobuf.Timestamp", null)]
    [InlineData("[[1], []].all(l, l.all(n, n > 0))", "true")]
    public void A_macro_over_arguments_comes_out_as_it_reads(string text, string? expected)
    {
        var load = Orders.Compile(text);
        (load.Condition?.Evaluate(Orders.Input()).Value.ToString()).ShouldBe(expected);
    }

    [Theory]
    [InlineData("args.items.all(i, i.price < 10.0)", "'i.price' is optional and may be absent here.")]
    [InlineData("args.items.exists(i, i.price > 1.0 && has(i.price))", "'i.price' is optional")]
    [InlineData("args.items.all(i, has(i.price)) && args.items.all(i, i.price > 1.0)", "'i.price' is optional")]
    [InlineData("args.items.all(i, has(i.price) && args.items.all(i, i.price > 1.0))", "'i.price' is optional")]
    [InlineData("args.items.map(i, i.price).size() > 0", "'i.price' is optional")]
    [InlineData("args.items.map(i, !has(i.price), i.price).size() > 0", "'i.price' is optional")]
    [InlineData("args.items.map(i, has(i.price) || i.name == 'a', i.price).size() > 0", "'i.price' is optional")]
    [InlineData("args.items[0].price > 1.0", "'args.items[0].price' is optional")]
    [InlineData("has(args.items[0].price) && args.items[1].price > 1.0", "'args.items[1].price' is optional")]
    [InlineData("args.items.filter(i, true)[0].price > 1.0", "'price' is optional")]
    [InlineData("cel.bind(i, args.items[0], i.price > 2.0)", "'i.price' is optional")]
    [InlineData("args.numbers.all(n, args.note == 'x')", "'args.note' is optional")]
    public void A_member_that_may_be_absent_is_guarded_inside_macros_too(string text, string message) =>
        Orders.Compile(text).Problems.ShouldHaveSingleItem().Message.ShouldContain(message);

    [Theory]
    [InlineData("[1, 0].exists(n, 1 / n == 1)", true)]
    [InlineData("[0, 1].exists(n, 1 / n == 1)", true)]
    [InlineData("[0, 1].all(n, 1 / n == 2)", false)]
    [InlineData("[1, 2].exists(n, n == 2 || facts.open)", true)]
    [InlineData("[1, 2].all(n, n == 2 && facts.open)", false)]
    [InlineData("facts.stock.all(s, s > 0) && false", false)]
    [InlineData("[].all(n, facts.open)", true)]
    public void The_deciding_element_wins_over_errors_and_over_what_is_not_fetched(string text, bool expected) =>
        Orders.Evaluate(text).Value.ShouldBe(CelValue.Of(expected));

    [Theory]
    [InlineData("facts.stock.all(s, s > 0)", "stock")]
    [InlineData("args.numbers.all(n, n > 0 && facts.open)", "open")]
    [InlineData("args.numbers.map(n, facts.open ? n : 0) == [3, 1, 2]", "open")]
    [InlineData("args.numbers.filter(n, facts.open).size() > 0", "open")]
    [InlineData("args.numbers.exists_one(n, n == 3 && facts.open)", "open")]
    [InlineData("[0].exists(n, 1 / n == 1 || facts.open)", "open")]
    [InlineData("cel.bind(o, facts.open, true && o)", "open")]
    public void What_is_not_fetched_is_named_where_it_matters(string text, string name) => Orders.Evaluate(text).Unknowns.ShouldBe([name]);

    [Theory]
    [InlineData("[1, 0].map(n, 1 / n) == [1]")]
    [InlineData("[1, 0].filter(n, 1 / n == 1).size() == 1")]
    [InlineData("[1, 0].exists_one(n, 1 / n == 1)")]
    [InlineData("[1, 2].all(n, 1 / (n - n) == 1)")]
    [InlineData("args.numbers.all(n, n < facts.rate)")]
    [InlineData("[1].transformMapEntry(i, v, {'a': v, 'b': v}).a == 1 && [1, 2].transformMapEntry(i, v, {'a': v}).a == 1")]
    public void An_error_of_an_element_that_matters_fails(string text) => Orders.Evaluate(text).Kind.ShouldBe(EvaluationKind.Failed);

    [Fact]
    public void Elements_of_another_type_than_declared_fail_whichever_is_asked_for() =>
        Orders.Evaluate("args.numbers.exists(n, n == 1)", """{"items":[],"labels":{},"numbers":[1,"2"]}""").Kind.ShouldBe(EvaluationKind.Failed);

    [Fact]
    public void Reads_inside_a_macro_are_recorded_once() =>
        Orders.Evaluate("args.numbers.all(n, n in args.numbers)").Reads.ShouldBe([new("args.numbers", "[3,1,2]")]);

    [Theory]
    [InlineData("cel.bind(a, [1,1,1,1,1,1,1,1], cel.bind(b, [a,a,a,a,a,a,a,a], cel.bind(c, [b,b,b,b,b,b,b,b], cel.bind(d, [c,c,c,c,c,c,c,c], cel.bind(e, [d,d,d,d,d,d,d,d], cel.bind(f, [e,e,e,e,e,e,e,e], [f,f,f,f,f,f,f,f])))))) != []")]
    [InlineData("cel.bind(a, 'aaaaaaaaaaaaaaa', cel.bind(b, a+a+a+a+a+a+a+a, cel.bind(c, b+b+b+b+b+b+b+b, cel.bind(d, c+c+c+c+c+c+c+c, cel.bind(e, d+d+d+d+d+d+d+d, cel.bind(f, e+e+e+e+e+e+e+e, cel.bind(g, f+f+f+f+f+f+f+f, g+g+g+g+g+g+g+g))))))) != ''")]
    [InlineData("args.numbers.all(a, args.numbers.all(b, args.numbers.all(c, args.numbers.all(d, a + b + c + d >= 0))))")]
    public void What_grows_out_of_hand_does_not_load_and_where_it_is_tried_all_the_same_it_is_cut_off(string text)
    {
        Orders.Compile(text).Problems.ShouldHaveSingleItem().Message.ShouldContain("steps of one evaluation");
        string numbers = string.Join(',', Enumerable.Range(0, 100));
        Orders.Tried(text).Evaluate(Orders.Input($$"""{"items":[],"labels":{},"numbers":[{{numbers}}]}""")).Error!.ShouldContain("steps");
    }
}
