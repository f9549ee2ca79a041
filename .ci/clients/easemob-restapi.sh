# Python package ease-restapi 1.3 (PyPI, 2015): each of its calls once; PYTHON is Python 2.7 with requests 2.18.4 and six.

run_suite() {
    sed -i -e "s|^HOST_SERVER = .*|HOST_SERVER = '$BASE'|" -e "s|^APP_ORG = .*|APP_ORG = '$ORG'|" \
        -e "s|^APP_NAME = .*|APP_NAME = '$APP'|" -e "s|^CLIENT_ID = .*|CLIENT_ID = '$CLIENT_ID'|" \
        -e "s|^CLIENT_SECRET = .*|CLIENT_SECRET = '$CLIENT_SECRET'|" \
        -e "s|^ORG_ADMIN_USERNAME = .*|ORG_ADMIN_USERNAME = '$ADMIN'|" \
        -e "s|^ORG_ADMIN_PASSWORD = .*|ORG_ADMIN_PASSWORD = '$ADMIN_PASSWORD'|" \
        -e "s|^REST_API_DEBUG = .*|REST_API_DEBUG = False|" \
        -e "s|^DIR_DOWNLOAD_FILES = .*|DIR_DOWNLOAD_FILES = '$WORK/downloads'|" ease_restapi/config.py
    # The package's own beginning needs a framework that its calls don't.
    : >ease_restapi/__init__.py
    echo 'one small file' >"$WORK/a.txt"
    cat >drive.py <<'PYTHON'
import os, sys
from ease_restapi import config
from ease_restapi.service import auth as auths
from ease_restapi.service import ease_batch as batch, ease_black as black, ease_file as files, ease_friend as friends
from ease_restapi.service import ease_group as groups, ease_message as messages, ease_msgdata as data
from ease_restapi.service import ease_records as records, ease_user as users
auth = auths.AppClientAuth(config.CLIENT_ID, config.CLIENT_SECRET)
passed, failed = 0, []

def call(name, function, *arguments, **named):
    global passed
    try:
        success, result = function(*arguments, **named)
    except Exception as problem:
        success, result = False, repr(problem)
    if success:
        passed += 1
    else:
        failed.append(name)
        print('FAILED', name, str(result)[:300])
    return result if success else {}

call('create_user_open', users.create_user_open, 'one', '1')
call('create_user_credit', users.create_user_credit, auth, 'two', '2')
call('create_users', batch.create_users, auth, [{'username': name, 'password': '3'} for name in ('three', 'four', 'five')])
call('pickup_user', users.pickup_user, auth, 'one')
call('modify_nickname', users.modify_nickname, auth, 'one', 'The first')
call('passwd_user', users.passwd_user, auth, 'one', '11')
page = call('pickup_users', batch.pickup_users, auth, 2)
call('pickup_users, next page', batch.pickup_users, auth, 2, page.get('cursor'))
call('create_friend', friends.create_friend, auth, 'one', 'two')
call('detail_friend', friends.detail_friend, auth, 'one')
call('delete_friend', friends.delete_friend, auth, 'one', 'two')
call('add_user_blacklist', black.add_user_blacklist, auth, 'one', ['two'])
call('pickup_user_blacklist', black.pickup_user_blacklist, auth, 'one')
call('del_user_blacklist', black.del_user_blacklist, auth, 'one', 'two')
made = call('create_group', groups.create_group, auth, groups.build_group_data('g', 'd', 'one', True, True, ['two']))
group = made.get('data', {}).get('groupid', '')
call('details_group', groups.details_group, auth, group)
call('pickup_groups', groups.pickup_groups, auth)
call('user_join_group', groups.user_join_group, auth, group, 'three')
call('add_group_users', batch.add_group_users, auth, group, ['four', 'five'])
call('pickup_group_users', groups.pickup_group_users, auth, group)
call('pickup_user_group', groups.pickup_user_group, auth, 'three')
call('modify_group', groups.modify_group, auth, group, groupname='other', description='x', maxusers=300)
call('user_kick_group', groups.user_kick_group, auth, group, 'three')
call('look_user_status', messages.look_user_status, auth, 'one')
up = call('upload_media', files.upload_media, auth, os.path.join(os.environ['WORK'], 'a.txt'))
entity = (up.get('entities') or [{}])[0]
url, secret = '%s/chatfiles/%s' % (config.HOST_SERVER, entity.get('uuid')), entity.get('share-secret', '')
to = dict(target=['two'], target_type='users', username='one')
call('send_txt_message', messages.send_txt_message, auth, data.MessageTxtData('hi', **to)())
call('send_img_message', messages.send_img_message, auth, data.MessageImgData(url, 'a.png', secret, **to)())
call('send_audio_message', messages.send_audio_message, auth, data.MessageAudioData(url, 'a.amr', 3, secret, **to)())
call('send_video_message', messages.send_video_message, auth,
     data.MessageVideoData('a.mp4', url, 3, secret, 100, secret, url, **to)())
call('send_transmission_message', messages.send_transmission_message, auth, data.MessageTransmissionData('act', **to)())
call('offline_msg_count', records.offline_msg_count, auth, 'two')
call('export_chat_message', records.export_chat_message, auth, 'select * where timestamp>1403164734226', 10)
call('export_chat_message, all', records.export_chat_message, auth)
call('delete_group', groups.delete_group, auth, group)
call('delete_user', users.delete_user, auth, 'one')
call('delete_users', batch.delete_users, auth, limit=2)
print('%d of %d' % (passed, passed + len(failed)))
sys.exit(1 if failed else 0)
PYTHON
    "${PYTHON:-python2}" drive.py
}
