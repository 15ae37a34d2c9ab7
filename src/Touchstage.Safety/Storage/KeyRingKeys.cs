using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Touchstage.Safety.Storage;

/// <summary>The place of the key ring as the library sees it: within reach, or not at all.</summary>
internal sealed class KeyRingKeys(IKeyRingPlace place, KeyRingReach reach) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => reach.Run(place.GetAllElements);

    public void StoreElement(XElement element, string friendlyName) => reach.Run(() =>
    {
        place.StoreElement(element, friendlyName);
        return true;
    });
}
