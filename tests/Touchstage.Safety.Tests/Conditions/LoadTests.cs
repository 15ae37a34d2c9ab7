using Touchstage.Safety.Conditions;

namespace Touchstage.Safety.Tests.Conditions;

public sealed class LoadTests
{
    [Theory]
    [InlineData("args.amuont > 1.0", 5, 6, "'args' has no member 'amuont'.", "Did you mean 'amount'?")]
    [InlineData("arg.amount > 1.0", 0, 3, "There is no variable 'arg'.", "Did you mean 'args'?")]
    [InlineData("args.currency.startWith('E')", 14, 9, "There is no function 'startWith'.", "Did you mean 'startsWith'?")]
    [InlineData("args.currency == 'EUT'", 17, 5, "'EUT' is none of the values that are allowed here.", "Did you mean 'EUR'?")]
    [InlineData("args.currency in ['EUR', 'GBP']", 25, 5, "'GBP' is none of the values that are allowed here.", "Known are: EUR, USD.")]
    [InlineData("'EUT' != args.currency", 0, 5, "'EUT' is none of the values that are allowed here.", "Did you mean 'EUR'?")]
    [InlineData("args.amount + 1 > 2.0", 0, 15, "'+' does not take double and int.", "int and double do not mix here: write the int with '.0', or double(…).")]
    [InlineData("args.amount == 'x'", 0, 18, "double and string can never be equal.", null)]
    [InlineData("args.currency == null", 0, 21, "string (EUR, USD) and null can never be equal.", null, true)]
    [InlineData("1 in args.tags", 0, 14, "int and string can never be equal.", null)]
    [InlineData("args.amount > '5'", 0, 17, "'>' does not take double and string.", null)]
    [InlineData("args.reason == 'x'", 0, 11, "'args.reason' is optional and may be absent here.", "Guard it: has(args.reason) && …")]
    [InlineData("args.amount", 0, 11, "This gives double, but bool is needed.", "Compare it with something.")]
    [InlineData("dyn(args.amount)", 0, 16, "This gives dyn, but bool is needed.", "Compare it with something.")]
    [InlineData("args.amount && true", 0, 11, "'&&' needs bool, but this is double.", null)]
    [InlineData("args == args", 0, 12, "Objects are not compared as a whole.", "Compare their members.")]
    [InlineData("args['amount'] > 1.0", 0, 14, "A args has no index.", "Write its member with a dot.")]
    [InlineData("args.tags.exists('t', t == 'a')", 17, 3, "'exists' takes a name here.", "Write exists(x, …).")]
    [InlineData("args.tags.exists(t, t, t == 'a')", 20, 1, "'t' names both what 'exists' walks over.", "Give them different names.")]
    [InlineData("args.tags.exists(t == 'a')", 10, 6, "The macro 'exists' is not called like this.", "Write list.exists(x, …).")]
    [InlineData("args.tags.exists(t, t)", 20, 1, "The test of each element must be bool, but this is string.", null)]
    [InlineData("args.tags.exists(t, t == 1)", 20, 6, "string and int can never be equal.", null)]
    [InlineData("args.amount.exists(t, t == 1)", 0, 11, "This needs a list or a map, but it is double.", null)]
    [InlineData("args.exists(t, t == 'a')", 0, 4, "This needs a list or a map, but it is args.", "Name the members one by one.")]
    [InlineData("args.tags.all(t, t != 'a') && t == 'b'", 30, 1, "There is no variable 't'.", null, true)]
    [InlineData("18446744073709551616u > 0u", 0, 21, "The number does not fit a 64-bit uint.", "Write it as a double, with '.0'.")]
    [InlineData("args.?count.orValue('a') == 1", 0, 24, "'orValue' does not take optional_type(int) and string.", null)]
    [InlineData("args.amount = 1.0", 12, 1, "'=' is no operator.", "Equality is written '=='.")]
    [InlineData("now > timestamp('yesterday')", 6, 22, "The text is not an RFC 3339 timestamp such as 2026-01-31T12:00:00Z.", null)]
    [InlineData("now.getHours('Europe/Nowhere') > 3", 0, 30, "There is no time zone 'Europe/Nowhere'.", "Write 'UTC', an offset such as '+02:00', or an IANA name such as 'Europe/Berlin'.")]
    [InlineData("args.currency.matches(caller.subject)", 22, 14, "A pattern must be a literal string, so that it is checked when the condition loads.", null)]
    [InlineData("args.currency.matches('(')", 22, 3, "The pattern is not a regular expression.", null)]
    [InlineData("startsWith(args.currency, 'E')", 0, 10, "'startsWith' is not called like this.", "Write string.startsWith(string).")]
    [InlineData("true ? 1 : 'a'", 0, 14, "The branches of '?:' differ: int and string.", "Give both one type.")]
    [InlineData("9223372036854775808 > 0", 0, 19, "The number does not fit a 64-bit int.", "Write it as a double, with '.0'.")]
    [InlineData("1e400 > 0", 0, 5, "The number is too large for a double.", null)]
    [InlineData("", 0, 0, "The condition ends where a value is due.", null)]
    [InlineData("true true", 5, 4, "'true' cannot follow here.", "Join conditions with '&&' or '||'.")]
    [InlineData("(true", 5, 0, "The condition ends where ')' is due.", null)]
    [InlineData("'abc", 0, 4, "The text is not closed.", "Close it with '.")]
    public void Compile_WrongCondition_SaysWhereWhatAndWhatInstead(string text, int position, int length, string message, string? suggestion, bool isLoose = false)
    {
        var problem = Sample.Refuse(text);
        problem.Position.ShouldBe(position);
        problem.Length.ShouldBe(length);
        if (!isLoose)
        {
            problem.Message.ShouldBe(message);
            problem.Suggestion.ShouldBe(suggestion);
        }
    }

    [Fact]
    public void Render_UnderlinesTheSource() =>
        Sample.Refuse("true &&\n  args.amuont > 1.0").Render("true &&\n  args.amuont > 1.0").ShouldBe("  args.amuont > 1.0\n       ^~~~~~");

    [Fact]
    public void Compile_SeveralProblems_TellsAllInTheOrderOfTheText() =>
        Condition.Compile("args.x > 1 && args.currency == 'X' && args.reason == 'y'", Sample.Environment).Problems.Select(p => p.Position).ShouldBe([5, 31, 38]);

    [Theory]
    [InlineData("has(args.reason) && args.reason.size() > 3")]
    [InlineData("!has(args.limit) || args.limit > 1")]
    [InlineData("has(args.reason) ? args.reason == 'x' : true")]
    [InlineData("!has(args.reason) ? true : args.reason == 'x'")]
    [InlineData("(has(args.reason) && args.amount > 1.0) && args.reason == 'x'")]
    [InlineData("!(!has(args.reason) || args.amount > 1.0) && args.reason == 'x'")]
    [InlineData("has(args.address) && has(args.address.zip) && args.address.zip == '1'")]
    public void Compile_OptionalUnderItsGuard_Loads(string text) => Sample.Load(text);

    [Theory]
    [InlineData("args.reason == 'x' && has(args.reason)")]
    [InlineData("has(args.reason) || args.reason == 'x'")]
    [InlineData("!has(args.reason) && args.reason == 'x'")]
    [InlineData("(has(args.reason) || args.amount > 1.0) && args.reason == 'x'")]
    [InlineData("has(args.limit) && args.reason == 'x'")]
    [InlineData("has(args.reason) ? true : args.reason == 'x'")]
    [InlineData("has(args.address.zip)")]
    [InlineData("has(args.address) && args.address.zip == '1'")]
    [InlineData("(has(args.reason) ? args.amount > 1.0 : true) && args.reason == 'x'")]
    public void Compile_OptionalWithoutDominatingGuard_IsRefused(string text) => Sample.Refuse(text).Message.ShouldContain("is optional");

    [Fact]
    public void Compile_NumberExpected_TakesIntAndDoubleAndNothingElse()
    {
        Sample.Load("args.amount", CelType.Number).Type.ShouldBe(CelType.Double);
        Sample.Load("args.count", CelType.Number).Type.ShouldBe(CelType.Int);
        Sample.Refuse("args.currency", CelType.Number).Message.ShouldBe("This gives string ('EUR', 'USD'), but number is needed.");
    }

    [Fact]
    public void Paths_NamesEachAttributeOnce()
    {
        var condition = Sample.Load("args.amount < tenant.settings.auto_refund_limit && facts.customer.email_verified && args.amount > 0 && has(args.reason) && args.tags[0] == 'a'");
        condition.Paths.ShouldBe(["args.amount", "tenant.settings.auto_refund_limit", "facts.customer.email_verified", "args.reason", "args.tags"]);
        condition.IsConstant.ShouldBeFalse();
        Sample.Load("1 < 2").IsConstant.ShouldBeTrue();
    }

    [Fact]
    public void Compile_TextTooLong_IsRefused()
    {
        Sample.Load(new string(' ', ConditionLimits.TextLength - 4) + "true");
        Sample.Refuse(new string(' ', ConditionLimits.TextLength - 3) + "true").Message.ShouldContain("at most 4096 characters");
    }

    [Theory]
    [InlineData("(", "true", ")")]
    [InlineData("!", "true", "")]
    [InlineData("[", "1", "]")]
    [InlineData("true ? true : ", "true", "")]
    [InlineData("", "1", " + 1")]
    [InlineData("", "args.any", ".a")]
    [InlineData("args.tags[", "0", "]")]
    [InlineData("size(", "'a'", ")")]
    public void Compile_TooDeep_IsRefusedAndNeverOverflowsTheStack(string before, string core, string after)
    {
        int levels = (ConditionLimits.TextLength - core.Length) / (before.Length + after.Length);
        string text = string.Concat(Enumerable.Repeat(before, levels)) + core + string.Concat(Enumerable.Repeat(after, levels));
        Sample.Refuse(text).Message.ShouldContain("levels deep");
    }

    [Fact]
    public void Compile_ManyTermsInARow_AreNotDeep() => Sample.Load(string.Join(" || ", Enumerable.Repeat("args.count > 1", 200)));
}
