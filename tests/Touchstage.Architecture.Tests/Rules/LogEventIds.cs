using Mono.Cecil;
using Touchstage.Architecture.Tests.Reading;

namespace Touchstage.Architecture.Tests.Rules;

/// <summary>A log event's id is given, and never given twice in an assembly.</summary>
public sealed class LogEventIds
{
    [Fact]
    public void Event_ids_are_given_once() => Assemblies.OutsideOfTests.SelectMany(Violations).ShouldBeEmpty();

    [Fact]
    public void Planted_event_ids_are_found() => Violations(Assemblies.Planted("LogEventIds")).ShouldBe(
        ["Planted.Second.AlsoStarted gives no event id", "event id 7 is given to Planted.First.Started, Planted.Second.Stopped"], ignoreOrder: true);

    private static IEnumerable<string> Violations(AssemblyDefinition assembly)
    {
        var events = (from method in assembly.Methods()
                      from attribute in method.CustomAttributes
                      where attribute.AttributeType.Name is "LoggerMessageAttribute"
                      select (Id: EventId(attribute), Name: $"{method.DeclaringType.ShortName()}.{method.Name}")).ToLookup(e => e.Id, e => e.Name);
        return events.Where(e => e.Key is not null && e.Count() > 1).Select(e => $"event id {e.Key} is given to {string.Join(", ", e.Order(StringComparer.Ordinal))}")
            .Concat(events[null].Select(name => $"{name} gives no event id"));
    }

    private static int? EventId(CustomAttribute attribute) =>
        attribute.ConstructorArguments.Concat(attribute.Properties.Where(property => property.Name is "EventId").Select(property => property.Argument))
            .Where(argument => argument.Type.FullName is "System.Int32")
            .Select(argument => (int?)argument.Value)
            .FirstOrDefault();
}
