using System.Text.Json;
using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Tests.Conditions;

public sealed class CostBoundTests
{
    private static readonly CelType Args = CelType.Object("args", new Dictionary<string, CelField>
    {
        ["tags"] = new(CelType.List(CelType.String)),
        ["few"] = new(CelType.List(CelType.String)),
        ["orders"] = new(CelType.List(CelType.Object("order", new Dictionary<string, CelField> { ["items"] = new(CelType.List(CelType.Int)), ["name"] = new(CelType.String) }))),
        ["labels"] = new(CelType.Map(CelType.String, CelType.String)),
        ["text"] = new(CelType.String),
        ["name"] = new(CelType.String),
        ["any"] = new(CelType.Dyn),
    });

    private static readonly ConditionEnvironment Environment = new(new Dictionary<string, CelType> { ["args"] = Args })
    {
        Sizes = new StatedSizes(path => path switch
        {
            ["args", "few"] => new(20, null, null),
            ["args", "few", "[]"] or ["args", "name"] => new(null, 40, null),
            _ => default,
        }),
    };

    [Theory]
    [InlineData("args.tags.all(t, t.startsWith('a') && t != 'ab')")]
    [InlineData("args.labels.all(k, v, k.startsWith('a') && v.contains('b'))")]
    [InlineData("args.orders.all(o, o.name != '' && 3 in o.items)")]
    [InlineData("args.few.all(a, args.few.all(b, args.few.exists(c, a + b == c)))")]
    [InlineData("args.few.all(f, f in args.few) && args.few[0] in args.tags")]
    [InlineData("args.text in args.tags && args.text.contains('a') && args.text.matches('a+') && size(args.text) > 3")]
    [InlineData("args.any.exists(x, x == 'a' || x == 3)")]
    [InlineData("args.tags.filter(t, t != '').map(t, t + '!').exists(t, t == 'a!')")]
    public void What_the_schema_or_a_document_bounds_loads(string text) => Condition.Compile(text, Environment).Problems.ShouldBeEmpty();

    [Theory]
    [InlineData("args.tags.all(a, args.tags.all(b, a != b))", "args.tags.all(a, args.tags.all(b, a != b))")]
    [InlineData("true && args.tags.all(a, args.tags.all(b, args.tags.all(c, a + b == c)))", "args.tags.all(b, args.tags.all(c, a + b == c))")]
    [InlineData("args.orders.all(o, o.items.all(i, i > 0))", "args.orders.all(o, o.items.all(i, i > 0))")]
    [InlineData("args.tags.all(t, t in args.tags)", "args.tags.all(t, t in args.tags)")]
    [InlineData("args.any.all(a, a.all(b, b > 0))", "args.any.all(a, a.all(b, b > 0))")]
    [InlineData("args.tags.all(t, cel.bind(u, [t, t], u.all(v, u.all(w, v != w))))", "args.tags.all(t, cel.bind(u, [t, t], u.all(v, u.all(w, v != w))))")]
    public void What_could_cost_more_than_the_budget_is_a_load_error_that_names_the_innermost_cause(string text, string cause)
    {
        var problem = Condition.Compile(text, Environment).Problems.ShouldHaveSingleItem();
        text.Substring(problem.Position, problem.Length).ShouldBe(cause);
        problem.Message.ShouldContain("steps of one evaluation");
        problem.Suggestion!.ShouldContain("maxItems");
    }

    [Fact]
    public void Text_that_is_looked_at_again_and_again_must_be_bounded()
    {
        string Often(string name) => string.Join(" || ", Enumerable.Range(0, 60).Select(i => $"args.{name}.contains('{i}')"));
        Condition.Compile(Often("text"), Environment).Problems.ShouldHaveSingleItem().Message.ShouldContain("steps of one evaluation");
        Condition.Compile(Often("name"), Environment).Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Without_a_policy_nothing_is_bounded_before_it_runs() =>
        Condition.Compile("args.all(a, args.all(b, a != b))", new ConditionEnvironment(new Dictionary<string, CelType> { ["args"] = CelType.List(CelType.Int) }) { Profile = ConditionProfile.Standard })
            .Problems.ShouldBeEmpty();

    [Theory]
    [InlineData("args.tags.all(t, t.startsWith('a') && t != 'ab')")]
    [InlineData("args.orders.all(o, o.name != '' && 3 in o.items)")]
    [InlineData("args.labels.transformMap(k, v, v != '', k + v).size() >= 0")]
    [InlineData("args.tags.filter(t, t != '').map(t, t + '!').exists(t, t == 'b!')")]
    [InlineData("args.few.map(f, [f, f]).all(p, p[0] == p[1])")]
    [InlineData("args.few.map(f, f.split('').join('-').replace('-', 'ab')).exists(f, f == '%s'.format([f]) && f.upperAscii() + f != '')")]
    [InlineData("args.tags.first().optMap(t, t.lowerAscii()).orValue('') != args.tags.map(t, string(t.size())).join(',')")]
    [InlineData("args.few.exists_one(f, f in args.tags) || !(args.text in args.tags) || args.?text.orValue('').contains('z')")]
    [InlineData("[?args.few[?0], 'b'].all(x, {'k': x}.k == x) && args.any.exists(x, x == args.any || type(x) == string)")]
    public void No_run_takes_more_steps_than_the_bound(string text)
    {
        var environment = new ConditionEnvironment(Environment.Variables) { Sizes = Environment.Sizes, Profile = ConditionProfile.Standard };
        var condition = Condition.Compile(text, environment, CelType.Dyn).Condition!;
        double bound = CostBound.StepsOf(condition.Tree, Environment, slots: 8);
        for (int many = 0; many < 400; many += 57)
        {
            string tags = JsonSerializer.Serialize(Enumerable.Range(0, many).Select(i => new string('a', 100) + i));
            string few = JsonSerializer.Serialize(Enumerable.Range(0, Math.Min(many, 20)).Select(i => new string('b', 30) + i));
            string orders = JsonSerializer.Serialize(Enumerable.Range(0, many).Select(i => new { items = Enumerable.Range(0, 10), name = new string('c', 50) }));
            string labels = JsonSerializer.Serialize(Enumerable.Range(0, many).ToDictionary(i => $"key{i}", i => new string('d', i)));
            var args = CelValue.From(JsonDocument.Parse($$"""{"tags":{{tags}},"few":{{few}},"orders":{{orders}},"labels":{{labels}},"text":"{{new string('e', many)}}","name":"n","any":{{tags}}}""").RootElement, Args, "args");
            condition.Evaluate(new DictionaryInput(("args", args)), (long)bound).Kind.ShouldBe(EvaluationKind.Value, $"{text} with {many} over {bound}");
        }
    }
}
