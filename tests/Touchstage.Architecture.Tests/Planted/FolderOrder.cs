namespace Touchstage.Safety.Refusals
{
    using Touchstage.Safety.Tenants;

    internal sealed class Reason
    {
        // Only a body tells: no signature names the folder to the right.
        public override string ToString() => new Customer().ToString() ?? "";
    }
}

namespace Touchstage.Safety.Tenants
{
    internal sealed class Customer
    {
        public Touchstage.Safety.Refusals.Reason? Why => null;
    }
}

namespace Touchstage.Safety.Actions
{
    internal sealed class Pipeline
    {
        public static Func<object> Make() => () => typeof(Touchstage.Safety.Storage.Table);
    }
}

namespace Touchstage.Safety.Storage
{
    internal sealed class Table
    {
        public Touchstage.Safety.Wiring? Wiring { get; }
    }
}

namespace Touchstage.Safety.Kitchen
{
    internal sealed class Stove;
}

namespace Touchstage.Safety
{
    internal sealed class Wiring
    {
        public Touchstage.Safety.Storage.Table? Table { get; }
    }
}
